using Agent.LiveKit.Rtc.Native;

namespace Agent.LiveKit.Rtc;

/// <summary>How a track is offered to the others.</summary>
public sealed record TrackPublishOptions
{
    /// <summary>Where the track comes from.</summary>
    /// <value>Default <see cref="TrackSource.Microphone"/>.</value>
    public TrackSource Source { get; init; } = TrackSource.Microphone;

    /// <summary>Opus bit rate, in bit/s.</summary>
    /// <value>From 6,000 to 510,000; default 48,000, good speech in full band.</value>
    public int MaxBitrate { get; init; } = 48_000;

    /// <summary>Whether silence is sent as almost nothing (RFC 7587, DTX).</summary>
    /// <value>Default true.</value>
    public bool Dtx { get; init; } = true;

    /// <summary>Whether each packet repeats the one before it (RFC 2198), which hides single losses.</summary>
    /// <value>Default true.</value>
    public bool Red { get; init; } = true;

    internal void Validate()
    {
        Guard.InRange(MaxBitrate, 6_000, 510_000);
        Guard.Defined(Source);
    }
}
