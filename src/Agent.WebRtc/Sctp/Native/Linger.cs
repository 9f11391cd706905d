using System.Runtime.InteropServices;

namespace Agent.WebRtc.Sctp.Native;

/// <summary><c>struct linger</c>: on with 0 seconds, closing aborts the association instead of waiting for the other side.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Linger
{
    internal int On;
    internal int Seconds;
}
