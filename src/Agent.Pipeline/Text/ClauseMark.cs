using System.Text;

namespace Agent.Pipeline.Text;

/// <summary>Tells what ends between a text and the character behind it.</summary>
internal static class ClauseMark
{
    internal enum Kind
    {
        None,
        Clause,
        Sentence,
    }

    /// <param name="text">The text before the place.</param>
    /// <param name="next">The character behind it.</param>
    /// <param name="spaced">Whether white space is between them.</param>
    internal static Kind Between(ReadOnlySpan<char> text, Rune next, bool spaced)
    {
        if (Belongs(text, next, spaced))
            return Kind.None;
        var end = text.Length;
        while (end > 0 && Clause.Closes(text[end - 1]))
            end--;
        if (end < text.Length && end > 0 && text[end - 1] == ' ')
            end--;
        if (end == 0)
            return Kind.None;

        var mark = text[end - 1];
        if (Clause.EndsSentence(mark))
            return EndsSentence(text, end, next, spaced) ? Kind.Sentence : Kind.None;
        if (Clause.EndsClause(mark))
            return EndsClause(text[..(end - 1)], mark, next, spaced) ? Kind.Clause : Kind.None;

        // Thai, Lao, Khmer and Burmese put a space where others put a mark.
        return spaced && Script.IsUnspaced(next) && Script.IsUnspaced(Script.Last(text)) ? Kind.Clause : Kind.None;
    }

    /// <summary>Whether the character belongs to what is before it, so that no piece may begin with it.</summary>
    internal static bool Belongs(ReadOnlySpan<char> text, Rune next, bool spaced)
    {
        if (!next.IsBmp)
            return false;
        var c = (char)next.Value;
        if (Clause.EndsSentence(c) || Clause.EndsClause(c))
            return true;
        if (!Clause.Closes(c))
            return false;

        // Behind a space quotation marks may open as well as close; French puts one before those that close.
        return !spaced || (c is '»' or '›' ? text.LastIndexOf('«') > text.LastIndexOf('»') : c is not ('"' or '\'' or '”' or '’'));
    }

    private static bool EndsSentence(ReadOnlySpan<char> text, int end, Rune next, bool spaced)
    {
        var start = end;
        while (start > 0 && Clause.EndsSentence(text[start - 1]))
            start--;
        var before = text[..start];
        var mark = text[end - 1];
        if (!spaced && !Clause.IsFullWidth(mark) && !IsBetweenUnspaced(before, next))
            return false;
        return mark != '.' || end - start > 1 || !Abbreviations.Includes(before, next);
    }

    private static bool EndsClause(ReadOnlySpan<char> before, char mark, Rune next, bool spaced)
    {
        // Numbers that are dictated, thousands, times and ranges: "555, 123", "1,000", "10：30", "5 – 7".
        if (before.TrimEnd() is [.., var last] && char.IsDigit(last) && Rune.IsDigit(next))
            return false;
        return spaced || Clause.IsFullWidth(mark) || IsBetweenUnspaced(before, next) || (mark == '—' && Rune.IsLetter(next) && before is [.., var letter] && char.IsLetter(letter));
    }

    private static bool IsBetweenUnspaced(ReadOnlySpan<char> before, Rune next) => Script.IsUnspaced(next) && Script.IsUnspaced(Script.Last(before));
}
