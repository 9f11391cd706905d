namespace Agent.WebRtc.Rtp;

/// <summary>A negotiated RTP payload format (RFC 8866, <c>rtpmap</c> and <c>fmtp</c>).</summary>
/// <param name="PayloadType">The payload type on its connection, 0 to 127.</param>
/// <param name="Name">The encoding name as written, e.g. <c>opus</c>.</param>
/// <param name="ClockRateHz">The RTP clock rate in Hz.</param>
/// <param name="Channels">The channel count; 1 where the description names none.</param>
/// <param name="Parameters">The <c>fmtp</c> value, empty when there is none.</param>
public sealed record RtpCodec(byte PayloadType, string Name, int ClockRateHz, int Channels, string Parameters)
{
    /// <summary>Opus at 48 kHz as every WebRTC client offers it (RFC 7587).</summary>
    public static RtpCodec Opus { get; } = new(111, "opus", 48_000, 2, "minptime=10;useinbandfec=1");

    /// <summary>Whether this is redundant audio (RFC 2198).</summary>
    public bool IsRed => IsNamed("red");

    /// <summary>Compares the encoding name, which ignores case (RFC 8866, section 6.6).</summary>
    /// <param name="name">An encoding name.</param>
    public bool IsNamed(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
