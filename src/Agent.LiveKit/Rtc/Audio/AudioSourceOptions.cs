using Agent.LiveKit.Rtc.Native;

namespace Agent.LiveKit.Rtc;

/// <summary>How our own sound is sent.</summary>
public sealed record AudioSourceOptions
{
    /// <summary>The rate that <see cref="AudioSource.WriteAsync"/> takes.</summary>
    /// <value>8,000, 16,000, 24,000, 32,000 or 48,000 Hz; default 24,000, what most synthesizers give.</value>
    public int SampleRateHz { get; init; } = 24_000;

    /// <summary>
    /// For how long silence is sent after the last sound; null for as long as the track lives. A listener's jitter buffer takes a pause in
    /// sending for delay and plays what follows later: measured at the ear, 0.3 to 1 s. An end saves the encoding of silence, 1.7 % of a core.
    /// </summary>
    /// <value>From 0 to 1 h, or null; default null.</value>
    public TimeSpan? SilenceTail { get; init; }

    /// <summary>How late a frame may come in the midst of sound before silence takes its place.</summary>
    /// <value>From 0 to 100 ms; default 20 ms, one packet.</value>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMilliseconds(20);

    internal void Validate()
    {
        Guard.SampleRate(SampleRateHz);
        if (SilenceTail is { } tail)
            Guard.InRange(tail, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(SilenceTail));
        Guard.InRange(Grace, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }
}
