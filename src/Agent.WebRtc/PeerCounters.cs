namespace Agent.WebRtc;

/// <summary>What a connection received, sent and dropped, by reason. Totals since its creation.</summary>
public sealed class PeerCounters
{
    /// <summary>Datagrams handed to the connection.</summary>
    public long DatagramsReceived { get; internal set; }

    /// <summary>Datagrams handed to the owner for sending.</summary>
    public long DatagramsSent { get; internal set; }

    /// <summary>RTP packets delivered.</summary>
    public long RtpReceived { get; internal set; }

    /// <summary>RTP packets sent, retransmissions included.</summary>
    public long RtpSent { get; internal set; }

    /// <summary>RTP packets sent again because the remote side missed them.</summary>
    public long RtpRetransmitted { get; internal set; }

    /// <summary>Dropped: no protocol has this first byte (RFC 7983), or the datagram was empty.</summary>
    public long DroppedUnknown { get; internal set; }

    /// <summary>Dropped: not a well-formed STUN message.</summary>
    public long DroppedStunMalformed { get; internal set; }

    /// <summary>Dropped or refused: a STUN message whose user name or integrity is wrong.</summary>
    public long DroppedStunUnauthenticated { get; internal set; }

    /// <summary>Dropped: came from an address that no authenticated check came from.</summary>
    public long DroppedUnvalidatedAddress { get; internal set; }

    /// <summary>Dropped: DTLS came before the remote description or after the end.</summary>
    public long DroppedDtlsUnexpected { get; internal set; }

    /// <summary>Dropped: DTLS refused the record.</summary>
    public long DroppedDtlsInvalid { get; internal set; }

    /// <summary>Dropped: RTP or RTCP before the keys were there.</summary>
    public long DroppedBeforeKeys { get; internal set; }

    /// <summary>Dropped: SRTP or SRTCP authentication failed.</summary>
    public long DroppedSrtpUnauthenticated { get; internal set; }

    /// <summary>Dropped: an SRTP packet that was seen before or is too old to tell.</summary>
    public long DroppedSrtpReplayed { get; internal set; }

    /// <summary>Dropped: not a well-formed RTP packet.</summary>
    public long DroppedRtpMalformed { get; internal set; }

    /// <summary>Dropped: RTP that belongs to no negotiated section or payload type.</summary>
    public long DroppedRtpUnknownSource { get; internal set; }

    /// <summary>Dropped: not a well-formed RTCP compound packet.</summary>
    public long DroppedRtcpMalformed { get; internal set; }

    /// <summary>Dropped: not a well-formed SCTP packet, or data before the association.</summary>
    public long DroppedSctpMalformed { get; internal set; }

    /// <summary>Dropped: a data channel message that is malformed, too large, or of no known channel.</summary>
    public long DroppedDataMessage { get; internal set; }

    /// <summary>Dropped: a remote candidate that cannot be read.</summary>
    public long DroppedCandidate { get; internal set; }
}
