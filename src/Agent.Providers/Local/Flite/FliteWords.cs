using System.Runtime.InteropServices;
using Agent.Pipeline.Speech;

namespace Agent.Providers.Local.Flite;

/// <summary>
/// Reads when each written word is spoken, from flite's relations: a token (as written) has words, these have syllables, these have
/// segments, and each segment knows its end.
/// </summary>
internal static unsafe class FliteWords
{
    public static IReadOnlyList<WordTiming> Read(FliteLibrary.Utterance* utterance)
    {
        var words = new List<WordTiming>();
        fixed (byte* token = "Token"u8, segment = "Segment"u8)
        {
            if (FliteLibrary.HasRelation(utterance, token) == 0 || FliteLibrary.HasRelation(utterance, segment) == 0)
                return words;
            for (var item = FliteLibrary.FindRelation(utterance, token)->Head; item != nint.Zero; item = FliteLibrary.NextItem(item))
            {
                if (Read(item) is { } word)
                    words.Add(word);
            }
        }

        return words;
    }

    private static WordTiming? Read(nint token)
    {
        fixed (byte* first = "R:Token.daughter1.R:SylStructure.daughter1.daughter1.R:Segment"u8,
            last = "R:Token.daughtern.R:SylStructure.daughtern.daughtern.R:Segment"u8,
            before = "p.end"u8,
            end = "end"u8)
        {
            var firstSegment = FliteLibrary.PathToItem(token, first);
            var lastSegment = FliteLibrary.PathToItem(token, last);
            if (firstSegment == nint.Zero || lastSegment == nint.Zero)
                return null;
            var starts = FliteLibrary.FeatureFloat(firstSegment, before);
            var ends = FliteLibrary.FeatureFloat(lastSegment, end);
            return new WordTiming(Text(token), TimeSpan.FromSeconds(starts), TimeSpan.FromSeconds(ends));
        }
    }

    private static string Text(nint token)
    {
        fixed (byte* before = "prepunctuation"u8, name = "name"u8, after = "punc"u8)
            return Feature(token, before) + Feature(token, name) + Feature(token, after);
    }

    private static string Feature(nint item, byte* name) =>
        FliteLibrary.HasFeature(item, name) == 0 ? "" : Marshal.PtrToStringUTF8((nint)FliteLibrary.FeatureString(item, name)) ?? "";
}
