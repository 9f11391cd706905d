using System.Runtime.InteropServices;

namespace Agent.WebRtc.Sctp.Native;

/// <summary><c>union sctp_sockstore</c>, which callbacks get by value: 32 bytes, aligned to 8.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SocketStore
{
    internal ulong A;
    internal ulong B;
    internal ulong C;
    internal ulong D;
}
