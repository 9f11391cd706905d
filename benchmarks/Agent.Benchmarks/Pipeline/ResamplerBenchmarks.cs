using Agent.Pipeline.Audio;
using BenchmarkDotNet.Attributes;

namespace Agent.Benchmarks.Pipeline;

/// <summary>10 ms of audio from one rate to another.</summary>
[MemoryDiagnoser]
public class ResamplerBenchmarks
{
    private short[] _input = [];
    private short[] _output = [];
    private Resampler _resampler = null!;

    [Params("16000>48000", "24000>48000", "48000>16000", "22050>48000")]
    public string Rates { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var rates = Rates.Split('>');
        _resampler = new Resampler(int.Parse(rates[0]), int.Parse(rates[1]));
        _input = new short[_resampler.FromHz / 100];
        new Random(1).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_input.AsSpan()));
        _output = new short[_resampler.MaxOutput(_input.Length)];
    }

    [Benchmark]
    public int Frame() => _resampler.Process(_input, _output);
}
