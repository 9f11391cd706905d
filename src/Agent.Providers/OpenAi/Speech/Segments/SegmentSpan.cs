using System.Runtime.InteropServices;

namespace Agent.Providers.OpenAi.Speech.Segments;

/// <summary>Where a segment lies in what was pushed, in samples.</summary>
/// <param name="From">The segment's first sample, from which a vendor's times within it count.</param>
/// <param name="VoiceFrom">Where sound begins in it.</param>
/// <param name="VoiceTo">Where sound ends in it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SegmentSpan(long From, long VoiceFrom, long VoiceTo);
