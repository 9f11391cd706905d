using System.Runtime.InteropServices;

namespace Agent.WebRtc.Tracks;

/// <summary>Where one payload type goes.</summary>
/// <param name="PayloadType">The number to send it under.</param>
/// <param name="ClockRateHz">The clock rate; 0 when it cannot be sent.</param>
/// <param name="IsPrimaryOnly">Whether redundant audio is reduced to its primary encoding.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PayloadMapping(byte PayloadType, int ClockRateHz, bool IsPrimaryOnly);
