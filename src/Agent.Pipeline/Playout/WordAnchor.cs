using System.Runtime.InteropServices;

namespace Agent.Pipeline.Playout;

/// <summary>A place in the text whose place in the sound is known.</summary>
/// <param name="Weight">The weight of the text before it, in syllables.</param>
/// <param name="Sample">The samples before it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WordAnchor(double Weight, double Sample);
