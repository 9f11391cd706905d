namespace Agent.WebRtc.Rtcp;

/// <summary>RTCP packet types (RFC 3550, section 12.1; RFC 4585, section 6.1; RFC 3611).</summary>
internal enum RtcpPacketType : byte
{
    SenderReport = 200,
    ReceiverReport = 201,
    SourceDescription = 202,
    Goodbye = 203,
    ApplicationDefined = 204,
    TransportFeedback = 205,
    PayloadFeedback = 206,
    ExtendedReport = 207,
}
