using System.Runtime.InteropServices;

namespace Agent.WebRtc.Sctp.Native;

/// <summary><c>struct sockaddr_conn</c>: an address that means something to us alone; here the association's number.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ConnAddress
{
    internal ushort Family;
    internal ushort PortNetworkOrder;
    internal nint Address;
}
