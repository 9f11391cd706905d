namespace Agent.WebRtc.Sdp;

/// <summary>What a media section is for.</summary>
internal enum SectionKind
{
    Audio,
    Video,
    Data,
    Unsupported,
}
