using System.Collections.Frozen;

namespace Agent.Pipeline.Text;

/// <summary>Words whose full stop does not end a sentence.</summary>
internal static class Abbreviations
{
    private static readonly FrozenSet<string> s_words = new[]
    {
        "mr", "mrs", "ms", "dr", "prof", "st", "mt", "jr", "sr", "rev", "hon", "gen", "col", "capt", "lt", "sgt", "gov", "sen", "rep",
        "e.g", "i.e", "vs", "cf", "al", "approx", "ca", "no", "vol", "ed", "pp", "fig", "sec", "ch", "ave", "blvd", "rd", "apt", "dept", "est",
        "inc", "ltd", "co", "corp", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
        "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "a.m", "p.m", "u.s", "u.k", "u.n", "ph.d", "z.b", "bzw", "usw", "ca", "nr", "str",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // These also end sentences ("It is 5 p.m. Shall we go?"), so a capital letter behind them decides.
    private static readonly FrozenSet<string> s_often = new[] { "no", "co", "inc", "ltd", "corp", "a.m", "p.m", "u.s", "u.k", "u.n", "usw", "jr", "sr", "al" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the full stop after a word belongs to the word.</summary>
    /// <param name="before">The text up to the full stop, without it.</param>
    /// <param name="next">The first character of the next word; null where it is not known yet.</param>
    internal static bool Includes(ReadOnlySpan<char> before, char? next)
    {
        var start = before.Length;
        while (start > 0 && (char.IsLetter(before[start - 1]) || before[start - 1] == '.'))
            start--;
        var word = before[start..];
        if (word.IsEmpty)
            return false;

        // Initials: "J. S. Bach".
        if (word.Length == 1 && char.IsUpper(word[0]) && word[0] != 'I')
            return true;
        var lookup = s_words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.Contains(word))
            return false;
        return !s_often.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) || next is not { } c || !char.IsUpper(c);
    }
}
