using Agent.Pipeline.Speech;

namespace Agent.LoopbackVendors.Engines;

/// <summary>Speech that was made.</summary>
/// <param name="Samples">The sound, 16-bit mono.</param>
/// <param name="Words">When each word of the text is spoken.</param>
public sealed record EngineSpeech(short[] Samples, IReadOnlyList<WordTiming> Words);
