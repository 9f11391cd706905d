using System.Runtime.InteropServices;

namespace Agent.WebRtc.Sctp.Native;

/// <summary><c>struct sctp_rcvinfo</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ReceiveInfo
{
    internal ushort StreamId;
    internal ushort StreamSequence;
    internal ushort Flags;
    internal uint PayloadProtocolNetworkOrder;
    internal uint TransmissionSequence;
    internal uint CumulativeSequence;
    internal uint Context;
    internal uint AssociationId;
}
