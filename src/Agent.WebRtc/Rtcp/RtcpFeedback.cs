namespace Agent.WebRtc.Rtcp;

/// <summary>Feedback message types, in the header's count field.</summary>
internal static class RtcpFeedback
{
    public const int Nack = 1; // transport, RFC 4585, section 6.2.1
    public const int TransportWide = 15; // transport, draft-holmer-rmcat-transport-wide-cc-extensions-01
    public const int PictureLoss = 1; // payload, RFC 4585, section 6.3.1
    public const int FullIntraRequest = 4; // payload, RFC 5104, section 4.3.1
    public const int ApplicationLayer = 15; // payload, RFC 4585, section 6.4; REMB
}
