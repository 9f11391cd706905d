using System.Collections.Frozen;
using System.Text;

namespace Agent.Pipeline.Text;

/// <summary>Words whose full stop does not end a sentence.</summary>
internal static class Abbreviations
{
    private static readonly FrozenSet<string> s_words = new[]
    {
        "mr", "mrs", "ms", "dr", "prof", "st", "mt", "rev", "hon", "gen", "col", "capt", "lt", "sgt", "gov", "sen", "rep", "messrs", "esp",
        "vs", "cf", "approx", "ca", "vol", "pp", "fig", "figs", "ch", "ave", "blvd", "rd", "apt", "dept", "est", "ext",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri",
        "bzw", "nr", "str", "hr", "fr", "evtl", "ggf", "inkl", "exkl", "vgl", "bspw", "geb", "gest", "jh", "mio", "mrd", "abb", "abs", "urspr", "zzgl", "zzt", "sog", "dipl", "ing", "med",
        "mme", "mlle", "mm", "sra", "srta", "ud", "uds", "vd", "ee", "uu", "pág", "núm", "dña", "dn", "sig", "dott", "avv", "exmo", "exma", "dhr", "mevr", "bijv", "np", "tzn", "ul", "např", "tj",
        "руб", "ул", "им", "др", "пр", "стр", "тел", "коп", "тыс", "млн", "млрд",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // These also end sentences ("It is 5 p.m. Shall we go?"), so a capital letter behind them decides.
    private static readonly FrozenSet<string> s_often = new[]
    {
        "no", "co", "inc", "ltd", "corp", "jr", "sr", "al", "ed", "sec", "min", "max", "tel", "etc", "a.m", "p.m", "ph.d", "usw", "ecc", "enz", "itd", "itp",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the full stop after a word belongs to the word.</summary>
    /// <param name="before">The text up to the full stop, without it.</param>
    /// <param name="next">The first character of the next word.</param>
    internal static bool Includes(ReadOnlySpan<char> before, Rune next)
    {
        var start = before.Length;
        while (start > 0 && (char.IsLetterOrDigit(before[start - 1]) || before[start - 1] == '.'))
            start--;
        var word = before[start..];
        if (word.IsEmpty)
            return false;
        if (s_often.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
            return !Rune.IsUpper(next);
        return IsNumbering(word) || IsInitials(word) || s_words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
    }

    /// <summary>Items of lists and ordinals: "1. Wash the apples", "am 3. Mai", "Henry VIII. of England".</summary>
    private static bool IsNumbering(ReadOnlySpan<char> word) =>
        (word.Length <= 2 && !word.ContainsAnyExceptInRange('0', '9')) || (word.Length > 1 && !word.ContainsAnyExcept("IVXLC"));

    /// <summary>Letters with stops between them: "J. S. Bach", "e.g.", "U.S.", "z. B.", "т. е."; not "I", and no single sign of Chinese.</summary>
    private static bool IsInitials(ReadOnlySpan<char> word)
    {
        if (word.Length == 1)
            return char.IsLetter(word[0]) && word[0] != 'I' && word[0] < 0x2E80;
        if (!word.Contains('.'))
            return false;
        foreach (var part in word.Split('.'))
        {
            if (word[part].Length > 2 || word[part].ContainsAnyInRange('0', '9'))
                return false;
        }

        return true;
    }
}
