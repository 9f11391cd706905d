using System.Runtime.InteropServices;

namespace Agent.WebRtc.Sctp.Native;

/// <summary><c>struct sctp_assoc_value</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AssociationValue
{
    internal uint AssociationId;
    internal uint Value;
}
