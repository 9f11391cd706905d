namespace Agent.WebRtc.Sdp;

/// <summary>Who starts DTLS (RFC 8842, section 5.1).</summary>
internal enum SetupRole
{
    ActPass,
    Active,
    Passive,
}
