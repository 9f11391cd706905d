using Agent.Pipeline.Playout;
using Agent.Pipeline.Speech;
using BenchmarkDotNet.Attributes;

namespace Agent.Benchmarks.Pipeline;

/// <summary>What 0.2 s of sound at 48 kHz cost the timeline of an utterance that is said for as many words, one word each.</summary>
[MemoryDiagnoser]
public class WordClockBenchmarks
{
    private readonly short[] _sound = new short[9_600];

    /// <summary>How long the utterance is: half a minute, or ten minutes.</summary>
    [Params(150, 3_000)]
    public int Words { get; set; }

    [Params(false, true)]
    public bool Timed { get; set; }

    [GlobalSetup]
    public void Setup() => Array.Fill(_sound, (short)1_000);

    [Benchmark]
    public int Utterance()
    {
        var clock = new WordClock(48_000);
        var heard = 0;
        for (var i = 0; i < Words; i++)
        {
            clock.Add("wonderful");
            if (Timed)
                clock.Add([new WordTiming("wonderful", TimeSpan.FromSeconds(0.2 * i), TimeSpan.FromSeconds((0.2 * i) + 0.2))]);
            clock.Update(_sound);
            heard = clock.Timeline.HeardAt(i * 9_600L);
        }

        return heard;
    }
}
