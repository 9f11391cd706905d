using System.Globalization;
using System.Text;
using Agent.Pipeline.Text;

namespace Agent.Pipeline.Playout;

/// <summary>
/// Divides text into what can be heard or unheard as a whole: words, and single characters where the script puts no spaces between words,
/// so that a sentence of Chinese is not all or nothing.
/// </summary>
internal static class SpokenUnit
{
    /// <summary>The length of the first unit of a text without white space.</summary>
    internal static int Length(ReadOnlySpan<char> word)
    {
        if (!word.ContainsAnyExceptInRange('\0', '\u0DFF'))
            return word.Length;
        var at = 0;
        while (at < word.Length && Opens(word[at..]))
            at += Element(word, at);
        if (at >= word.Length)
            return word.Length;

        if (!Script.IsUnspaced(Script.First(word[at..])))
        {
            while (at < word.Length && !Opens(word[at..]) && !Script.IsUnspaced(Script.First(word[at..])))
                at += Element(word, at);
            return at;
        }

        at += Element(word, at);
        while (at < word.Length && Follows(Script.First(word[at..])))
            at += Element(word, at);
        return at;
    }

    private static int Element(ReadOnlySpan<char> word, int at) => StringInfo.GetNextTextElementLength(word[at..]);

    private static bool Opens(ReadOnlySpan<char> rest) =>
        rest[0] >= 0x2000 && Rune.GetUnicodeCategory(Script.First(rest)) is UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation;

    private static bool Follows(Rune rune) => Script.IsSmallKana(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.ClosePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation or UnicodeCategory.DashPunctuation
        or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
