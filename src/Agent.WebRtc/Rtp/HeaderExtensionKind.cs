namespace Agent.WebRtc.Rtp;

/// <summary>The header extensions that are negotiated; others are left out of descriptions and packets.</summary>
internal enum HeaderExtensionKind
{
    Mid,
    AudioLevel,
    VideoOrientation,
    PlayoutDelay,
}
