using Agent.LiveKit.Rtc.Native;

namespace Agent.LiveKit.Rtc;

/// <summary>How sound is received.</summary>
public sealed record AudioStreamOptions
{
    /// <summary>The rate that frames are converted to.</summary>
    /// <value>8,000, 16,000, 24,000, 32,000 or 48,000 Hz; default 16,000, what recognisers take.</value>
    public int SampleRateHz { get; init; } = 16_000;

    /// <summary>How much sound waits for a late reader before the oldest frames are dropped.</summary>
    /// <value>From 20 ms to 60 s; default 1 s.</value>
    public TimeSpan MaxQueue { get; init; } = TimeSpan.FromSeconds(1);

    internal void Validate()
    {
        Guard.SampleRate(SampleRateHz);
        Guard.InRange(MaxQueue, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(60));
    }
}
