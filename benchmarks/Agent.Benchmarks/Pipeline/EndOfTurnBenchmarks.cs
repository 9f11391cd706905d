using Agent.Pipeline.EndOfTurn;
using Agent.Pipeline.EndOfTurn.Sound;
using Agent.Pipeline.History;
using BenchmarkDotNet.Attributes;

namespace Agent.Benchmarks.Pipeline;

/// <summary>What one question costs.</summary>
[MemoryDiagnoser]
public class EndOfTurnBenchmarks
{
    private readonly TextTurnDetector _detector = new();

    private readonly LogMelSpectrogram _spectrogram = new();
    private readonly short[] _sound = [.. Enumerable.Range(0, 64_000).Select(i => (short)(8000 * Math.Sin(i * 0.05)))];
    private readonly float[] _wave = new float[128_000];
    private readonly float[] _features = new float[80 * 800];

    private readonly TurnQuestion _short = new() { Text = "five five five", Language = "en-US", History = Asked("What is your phone number?") };

    private readonly TurnQuestion _long = new()
    {
        Text = "so i bought this laptop last month and yesterday the screen started flickering and now it won't turn on at all whenever i",
        Language = "en",
        History = Asked("Thank you for calling the help desk. My name is Robin. What seems to be the problem with your device today?"),
    };

    [Benchmark(Baseline = true)]
    public ValueTask<TurnEstimate?> Short() => _detector.EstimateAsync(_short, CancellationToken.None);

    [Benchmark]
    public ValueTask<TurnEstimate?> Long() => _detector.EstimateAsync(_long, CancellationToken.None);

    /// <summary>The features of 8 s for a model with a Whisper encoder, without the model.</summary>
    [Benchmark]
    public float Spectrogram()
    {
        WaveNormalization.Apply(_sound, _wave.Length - _sound.Length, _wave);
        _spectrogram.Compute(_wave, _features);
        return _features[0];
    }

    private static HistoryItem[] Asked(string text) => [new AgentMessage("1", TimeSpan.Zero, text, Interrupted: false)];
}
