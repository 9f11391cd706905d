namespace Agent.WebRtc.Sdp;

/// <summary>Who sends in a media section, seen from the describing side (RFC 8866, section 6.7).</summary>
[Flags]
internal enum MediaDirection
{
    Inactive = 0,
    SendOnly = 1,
    RecvOnly = 2,
    SendRecv = SendOnly | RecvOnly,
}
