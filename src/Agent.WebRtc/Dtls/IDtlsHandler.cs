using Agent.WebRtc.Srtp;

namespace Agent.WebRtc.Dtls;

/// <summary>What a DTLS session tells the connection it belongs to.</summary>
internal interface IDtlsHandler
{
    void SendDtls(ReadOnlySpan<byte> datagram);

    /// <summary>The handshake is complete and the peer is the one that signalling named.</summary>
    /// <param name="keys">The SRTP keys, wiped after the call; null when no profile was agreed on.</param>
    void DtlsConnected(SrtpKeys? keys);

    void DtlsData(ReadOnlySpan<byte> data);

    /// <param name="failure">Null when the peer closed in an orderly way.</param>
    void DtlsEnded(string? failure);
}
