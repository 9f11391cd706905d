namespace Agent.WebRtc.Srtp;

/// <summary>What became of a packet that arrived.</summary>
internal enum SrtpResult
{
    Ok,
    Malformed,
    Unauthenticated,
    Replayed,
}
