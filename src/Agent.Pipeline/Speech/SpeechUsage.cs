using System.Runtime.InteropServices;

namespace Agent.Pipeline.Speech;

/// <summary>What a recogniser's stream or a synthesizer's utterance has cost, in the units that vendors bill in.</summary>
/// <param name="Audio">Audio sent to a recogniser, or received from a synthesizer.</param>
/// <param name="Characters">Characters sent to a synthesizer.</param>
/// <param name="InputTokens">Tokens taken in, where the vendor counts tokens.</param>
/// <param name="OutputTokens">Tokens given out, where the vendor counts tokens.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SpeechUsage(TimeSpan Audio, long Characters = 0, long InputTokens = 0, long OutputTokens = 0)
{
    /// <summary>Nothing.</summary>
    public static SpeechUsage None => default;

    /// <summary>Both together.</summary>
    public static SpeechUsage operator +(SpeechUsage left, SpeechUsage right) => Add(left, right);

    /// <summary>Both together.</summary>
    public static SpeechUsage Add(SpeechUsage left, SpeechUsage right) => new(
        left.Audio + right.Audio,
        left.Characters + right.Characters,
        left.InputTokens + right.InputTokens,
        left.OutputTokens + right.OutputTokens);
}
