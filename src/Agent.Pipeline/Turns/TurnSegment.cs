using System.Runtime.InteropServices;

namespace Agent.Pipeline.Turns;

/// <summary>A stretch of speech that was understood and was not fixed by the recogniser.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TurnSegment(string Text, TimeSpan Start, TimeSpan End);
