using System.Runtime.InteropServices;

namespace Agent.WebRtc.Sctp.Native;

/// <summary><c>struct sctp_sendv_spa</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SendParameters
{
    internal uint Valid;
    internal ushort StreamId;
    internal ushort Flags;
    internal uint PayloadProtocolNetworkOrder;
    internal uint Context;
    internal uint AssociationId;
    internal ushort Policy;
    internal uint PolicyValue;
    internal ushort AuthenticationKey;
}
