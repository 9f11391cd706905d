using Agent.LiveKit.Rtc.Native;

namespace Agent.LiveKit.Rtc;

/// <summary>How our own sound is sent.</summary>
public sealed record AudioSourceOptions
{
    /// <summary>The rate that <see cref="AudioSource.WriteAsync"/> takes.</summary>
    /// <value>8,000, 16,000, 24,000, 32,000 or 48,000 Hz; default 24,000, what most synthesizers give.</value>
    public int SampleRateHz { get; init; } = 24_000;

    /// <summary>
    /// For how long silence is sent after the last sound. Listeners' jitter buffers learn from it; once nothing is sent at all, nothing is
    /// encoded either. libwebrtc's buffers look back over 2 s of arrivals.
    /// </summary>
    /// <value>From 0 to 1 h; default 3 s.</value>
    public TimeSpan SilenceTail { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How late a frame may come in the midst of sound before silence takes its place.</summary>
    /// <value>From 0 to 100 ms; default 20 ms, one packet.</value>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMilliseconds(20);

    internal void Validate()
    {
        Guard.SampleRate(SampleRateHz);
        Guard.InRange(SilenceTail, TimeSpan.Zero, TimeSpan.FromHours(1));
        Guard.InRange(Grace, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }
}
