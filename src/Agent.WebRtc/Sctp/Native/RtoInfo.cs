using System.Runtime.InteropServices;

namespace Agent.WebRtc.Sctp.Native;

/// <summary><c>struct sctp_rtoinfo</c>: retransmission time-outs in milliseconds.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RtoInfo
{
    internal uint AssociationId;
    internal uint InitialMilliseconds;
    internal uint MaximumMilliseconds;
    internal uint MinimumMilliseconds;
}
