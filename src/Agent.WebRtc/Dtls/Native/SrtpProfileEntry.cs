using System.Runtime.InteropServices;

namespace Agent.WebRtc.Dtls.Native;

/// <summary><c>SRTP_PROTECTION_PROFILE</c> of <c>srtp.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SrtpProfileEntry
{
    public nint Name;
    public nuint Id;
}
