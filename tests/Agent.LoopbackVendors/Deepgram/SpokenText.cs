using Agent.Pipeline.Speech;

namespace Agent.LoopbackVendors.Deepgram;

/// <summary>Writes words as the vendor's formatting does: a capital at the beginning, a full stop at the end of what is final.</summary>
internal static class SpokenText
{
    public static string[] Punctuate(IReadOnlyList<WordTiming> words, bool isFinal)
    {
        var written = words.Select(word => word.Text).ToArray();
        if (written.Length == 0)
            return written;
        written[0] = char.ToUpperInvariant(written[0][0]) + written[0][1..];
        if (isFinal && !char.IsPunctuation(written[^1][^1]))
            written[^1] += ".";
        return written;
    }
}
