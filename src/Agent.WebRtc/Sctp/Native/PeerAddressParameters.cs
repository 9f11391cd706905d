using System.Runtime.InteropServices;

namespace Agent.WebRtc.Sctp.Native;

/// <summary><c>struct sctp_paddrparams</c>; the address is a <c>sockaddr_storage</c> of 128 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PeerAddressParameters
{
    internal const uint DisablePathMtuDiscovery = 0x10;

    internal fixed ulong Address[16];
    internal uint AssociationId;
    internal uint HeartbeatIntervalMilliseconds;
    internal uint PathMtu;
    internal uint Flags;
    internal uint Ipv6FlowLabel;
    internal ushort PathMaxRetransmits;
    internal byte Dscp;
}
