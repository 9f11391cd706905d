namespace Agent.LoopbackVendors.Engines;

/// <summary>Tells by loudness alone when a voice begins and ends, in blocks of 10 ms.</summary>
/// <param name="sampleRateHz">Samples per second.</param>
internal sealed class SpeechLevel(int sampleRateHz)
{
    private const double Threshold = 300;
    private const int StartBlocks = 3;
    private const int EndBlocks = 30;

    private readonly int _blockSamples = sampleRateHz / 100;
    private double _energy;
    private int _inBlock;
    private int _loud;
    private int _quiet;

    /// <summary>Samples taken so far.</summary>
    public long Position { get; private set; }

    public bool IsSpeaking { get; private set; }

    /// <summary>When the voice began.</summary>
    public TimeSpan StartedAt { get; private set; }

    /// <summary>When it was last loud.</summary>
    public TimeSpan LastLoudAt { get; private set; }

    public TimeSpan Now => At(Position);

    /// <summary>Takes samples up to the end of the next block.</summary>
    /// <param name="samples">What is left; shortened by what was taken.</param>
    /// <param name="started">Whether a voice has begun.</param>
    /// <param name="ended">Whether it has ended.</param>
    public void Take(ref ReadOnlySpan<short> samples, out bool started, out bool ended)
    {
        started = ended = false;
        var count = Math.Min(samples.Length, _blockSamples - _inBlock);
        foreach (var sample in samples[..count])
            _energy += (double)sample * sample;
        samples = samples[count..];
        _inBlock += count;
        Position += count;
        if (_inBlock < _blockSamples)
            return;
        var isLoud = Math.Sqrt(_energy / _blockSamples) > Threshold;
        (_energy, _inBlock) = (0, 0);
        (_loud, _quiet) = isLoud ? (_loud + 1, 0) : (0, _quiet + 1);
        if (isLoud)
            LastLoudAt = Now;
        if (!IsSpeaking && _loud == StartBlocks)
        {
            IsSpeaking = started = true;
            StartedAt = At(Position - (StartBlocks * _blockSamples));
        }
        else if (IsSpeaking && _quiet == EndBlocks)
        {
            IsSpeaking = false;
            ended = true;
        }
    }

    /// <summary>Ends the voice where it is.</summary>
    public void Stop() => (IsSpeaking, _loud) = (false, 0);

    private TimeSpan At(long samples) => TimeSpan.FromTicks(samples * TimeSpan.TicksPerSecond / sampleRateHz);
}
