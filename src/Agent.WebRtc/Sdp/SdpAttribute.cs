using System.Runtime.InteropServices;

namespace Agent.WebRtc.Sdp;

/// <summary>An attribute line (RFC 8866, section 5.13).</summary>
/// <param name="Name">What stands before the colon.</param>
/// <param name="Value">What stands after it; empty for a property.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SdpAttribute(string Name, string Value);
