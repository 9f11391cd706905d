namespace Agent.WebRtc;

/// <summary>What a media section carries.</summary>
public enum MediaKind
{
    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Pictures, forwarded as opaque RTP.</summary>
    Video,
}
