namespace Agent.WebRtc.Sctp;

/// <summary>SCTP payload protocol identifiers (RFC 8831, section 8).</summary>
internal static class PayloadProtocol
{
    public const uint Control = 50;
    public const uint Text = 51;
    public const uint Binary = 53;
    public const uint EmptyText = 56; // SCTP cannot carry an empty message: one byte that is ignored (section 6.6)
    public const uint EmptyBinary = 57;
}
