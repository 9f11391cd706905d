using System.Runtime.InteropServices;

namespace Agent.Pipeline.Vad;

/// <summary>A start or an end of speech.</summary>
/// <param name="Kind">What changed; <see cref="SpeechBoundaryKind.None"/> for most windows.</param>
/// <param name="Position">Where in the audio the speech really began or ended, in samples at 16 kHz: earlier than the sample that proved it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpeechBoundary(SpeechBoundaryKind Kind, long Position);
