using System.Runtime.InteropServices;

namespace Agent.WebRtc.Sctp.Native;

/// <summary><c>struct sctp_event</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EventSubscription
{
    internal uint AssociationId;
    internal ushort Type;
    internal byte On;
}
