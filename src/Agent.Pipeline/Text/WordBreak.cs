using System.Globalization;
using System.Text;

namespace Agent.Pipeline.Text;

/// <summary>Tells whether text may be divided at a place where nothing ends: between words, and between characters in scripts without spaces.</summary>
internal static class WordBreak
{
    /// <summary>Whether no word, number or character is divided.</summary>
    /// <param name="text">The text before the place.</param>
    /// <param name="next">The character behind it.</param>
    /// <param name="spaced">Whether white space is between them.</param>
    internal static bool IsBetween(ReadOnlySpan<char> text, Rune next, bool spaced)
    {
        var last = Script.Last(text);
        if (ClauseMark.Belongs(text, next, spaced) || (Rune.IsDigit(next) && EndsInNumber(text)))
            return false;
        if (spaced)
            return true;
        return (Script.IsUnspaced(last) || Script.IsUnspaced(next)) && !Opens(last) && !Script.IsSmallKana(next) && !IsLeadingVowel(last) && IsBetweenCharacters(last, next);
    }

    /// <summary>Whether what a reader takes for one character is not divided (Unicode Standard Annex 29).</summary>
    internal static bool IsBetweenCharacters(Rune last, Rune next)
    {
        Span<char> both = stackalloc char[4];
        var length = last.EncodeToUtf16(both);
        var all = length + next.EncodeToUtf16(both[length..]);
        return StringInfo.GetNextTextElementLength(both[..all]) == length && next.Value is not (0x200C or 0x200D) && last.Value is not (0x200C or 0x200D);
    }

    /// <summary>Numbers that are dictated go on behind a mark: "555, 123".</summary>
    private static bool EndsInNumber(ReadOnlySpan<char> text) =>
        char.IsDigit(text[^1]) || (Clause.EndsClause(text[^1]) && text.Length > 1 && char.IsDigit(text[^2]));

    private static bool Opens(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation;

    /// <summary>Vowels of Thai and Lao that are written before the consonant that they are said after.</summary>
    private static bool IsLeadingVowel(Rune rune) => rune.Value is (>= 0x0E40 and <= 0x0E44) or (>= 0x0EC0 and <= 0x0EC4);
}
