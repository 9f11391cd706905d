using Agent.Pipeline.Vad;
using BenchmarkDotNet.Attributes;

namespace Agent.Benchmarks.Pipeline;

/// <summary>One window of 32 ms through the voice-activity model. Target: at most 150 µs, 0 bytes.</summary>
[MemoryDiagnoser]
public class VoiceActivityBenchmarks
{
    private readonly short[] _window = new short[512];
    private readonly short[] _silence = new short[512];
    private SileroModel _model = null!;
    private IVoiceActivityStream _stream = null!;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (var i = 0; i < _window.Length; i++)
            _window[i] = (short)(4_000 * Math.Sin(i * 0.05) + random.Next(-500, 500));
        _model = SileroModel.Load();
        _stream = _model.Open();
    }

    [Benchmark]
    public float Window() => _stream.Process(_window);

    [Benchmark]
    public float SilentWindow() => _stream.Process(_silence);

    [GlobalCleanup]
    public void Cleanup()
    {
        _stream.Dispose();
        _model.Dispose();
    }
}
