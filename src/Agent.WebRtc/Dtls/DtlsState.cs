namespace Agent.WebRtc.Dtls;

/// <summary>The life of a DTLS session.</summary>
internal enum DtlsState
{
    Handshaking,
    Connected,
    Failed,
    Closed,
}
