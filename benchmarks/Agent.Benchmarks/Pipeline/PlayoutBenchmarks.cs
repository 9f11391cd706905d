using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Playout;
using BenchmarkDotNet.Attributes;

namespace Agent.Benchmarks.Pipeline;

/// <summary>What playout does for each frame of 10 ms at 48 kHz, with 100 words to report.</summary>
[MemoryDiagnoser]
public class PlayoutBenchmarks
{
    private const int Frames = 2_000;

    private readonly short[] _frame = new short[480];
    private readonly short[] _audio = new short[480 * Frames];
    private readonly WordClock _words = new(48_000);
    private UtteranceAudio _utterance = null!;

    [GlobalSetup]
    public void Setup()
    {
        _words.Add(string.Join(' ', Enumerable.Repeat("word", 100)));
        _words.Settle(_audio.Length);
    }

    [IterationSetup]
    public void Fill()
    {
        _utterance = new UtteranceAudio(48_000, new AsyncSignal());
        _utterance.WriteAsync(_audio, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public int Tick()
    {
        var heard = 0;
        for (var i = 0; i < Frames; i++)
        {
            _utterance.TryPeek(_frame);
            _utterance.Advance(_frame.Length);
            heard += _words.Timeline.HeardAt(_utterance.Position);
        }

        return heard;
    }
}
