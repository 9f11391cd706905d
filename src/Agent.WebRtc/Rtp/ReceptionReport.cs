using System.Runtime.InteropServices;

namespace Agent.WebRtc.Rtp;

/// <summary>A report block (RFC 3550, section 6.4.1).</summary>
/// <param name="Ssrc">The source reported on.</param>
/// <param name="FractionLost">Lost since the report before, in 256ths.</param>
/// <param name="CumulativeLost">Lost in all; negative with duplicates.</param>
/// <param name="HighestSequence">The highest sequence number with its cycles.</param>
/// <param name="Jitter">The interarrival jitter in units of the clock rate.</param>
/// <param name="LastSenderReport">The middle 32 bits of the last sender report's NTP time.</param>
/// <param name="DelaySinceLastSenderReport">In 65,536ths of a second.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReceptionReport(
    uint Ssrc, byte FractionLost, int CumulativeLost, uint HighestSequence, uint Jitter, uint LastSenderReport, uint DelaySinceLastSenderReport);
