using System.Runtime.InteropServices;

namespace Agent.WebRtc.Sctp.Native;

/// <summary><c>struct sctp_initmsg</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InitMessage
{
    internal ushort OutgoingStreams;
    internal ushort IncomingStreams;
    internal ushort Attempts;
    internal ushort TimeoutMilliseconds;
}
