using Agent.Pipeline.Audio;

namespace Agent.Pipeline.Speech;

/// <summary>A piece of an utterance's sound, of any length, owned by whoever reads it.</summary>
/// <param name="Frame">The samples; their position counts from the beginning of the utterance.</param>
/// <param name="Words">Words whose timing became known with this piece, from the beginning of the utterance; may be empty.</param>
public readonly record struct SynthesizedAudio(AudioFrame Frame, IReadOnlyList<WordTiming> Words)
{
    /// <summary>
    /// Whether one more of the written pieces is now spoken to its end. Synthesizers that have no word timings and speak piece by piece set it, so
    /// that captions are right at the end of each piece.
    /// </summary>
    /// <value>Default false.</value>
    public bool EndsPiece { get; init; }
}
