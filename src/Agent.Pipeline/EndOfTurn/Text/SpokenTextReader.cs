namespace Agent.Pipeline.EndOfTurn.Text;

/// <summary>Cuts a recogniser's text into words and looks each up. Allocates nothing.</summary>
internal static class SpokenTextReader
{
    /// <summary>Reads the end of a text.</summary>
    /// <param name="text">The text; its beginning is left out when it has more words than fit.</param>
    /// <param name="language">What is known about words.</param>
    /// <param name="buffer">Where the words go.</param>
    internal static SpokenText Read(ReadOnlySpan<char> text, TurnLanguage language, Span<SpokenWord> buffer)
    {
        text = Tail(text, buffer.Length);
        var count = 0;
        var position = 0;
        while (position < text.Length && count < buffer.Length)
        {
            while (position < text.Length && !char.IsLetterOrDigit(text[position]))
                position++;
            var start = position;
            while (position < text.Length && !char.IsWhiteSpace(text[position]))
                position++;
            if (start == position)
                break;
            count = AddToken(text, start, position, language, buffer, count);
        }

        var words = buffer[..count];
        for (var i = 0; i < count; i++)
        {
            words[i] = words[i] with
            {
                Digits = words[i].Digits == 0 && words[i].Is(WordClass.NumberWord) ? Digits(words, i) : words[i].Digits,
                Phrases = language.PhrasesEndingAt(text, words, i),
            };
        }

        return new SpokenText(text, words);
    }

    private static ReadOnlySpan<char> Tail(ReadOnlySpan<char> text, int words)
    {
        var most = words * 16;
        if (text.Length <= most)
            return text;
        var cut = text.Length - most;
        var space = text[cut..].IndexOf(' ');
        return space < 0 ? text[cut..] : text[(cut + space)..];
    }

    private static int AddToken(ReadOnlySpan<char> text, int start, int end, TurnLanguage language, Span<SpokenWord> buffer, int count)
    {
        var last = end;
        while (last > start && !char.IsLetterOrDigit(text[last - 1]))
            last--;
        var after = last < end ? text[last] : '\0';
        if (last < end && text[end - 1] is '-' or '–' or '—' or '…')
            after = '…';
        else if (end - last >= 2 && text[last..end].StartsWith("..", StringComparison.Ordinal))
            after = '…';
        var core = text[start..last];
        if (core.Contains('@'))
        {
            buffer[count++] = new SpokenWord(start, core.Length, WordClass.Email, default, 0, after);
            return count;
        }

        if (HasFigure(core))
        {
            var figures = 0;
            foreach (var c in core)
                figures += char.IsLetterOrDigit(c) ? 1 : 0;
            buffer[count++] = new SpokenWord(start, core.Length, WordClass.Number, default, figures, after);
            return count;
        }

        // "twenty-three", "c-o-h-e-n": a hyphen between letters parts words.
        var from = start;
        while (from < last && count < buffer.Length)
        {
            var hyphen = text[from..last].IndexOf('-');
            var to = hyphen < 0 ? last : from + hyphen;
            if (to > from)
            {
                var word = text[from..to];
                var known = language.Classify(word) | (word.Length == 1 ? WordClass.Letter : WordClass.None);
                buffer[count++] = new SpokenWord(from, word.Length, known, default, 0, to == last ? after : '\0');
            }

            from = to + 1;
        }

        return count;
    }

    private static bool HasFigure(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.IsAsciiDigit(c))
                return true;
        }

        return false;
    }

    // Number words as the figures that somebody would write down: "double five" is 2, "twenty eight" 2, "nineteen eighty five" 4, "eight hundred" 3.
    private static int Digits(ReadOnlySpan<SpokenWord> words, int i)
    {
        var before = i > 0 ? words[i - 1].Class : WordClass.None;
        var digits = words[i] switch
        {
            var word when word.Is(WordClass.Hundred) => (before & WordClass.NumberWord) != WordClass.None ? 2 : 3,
            var word when word.Is(WordClass.Teen | WordClass.Tens) => (before & WordClass.Hundred) != WordClass.None ? 0 : 2,
            _ => (before & (WordClass.Tens | WordClass.Hundred)) != WordClass.None ? 0 : 1,
        };
        if ((before & WordClass.Double) != WordClass.None)
            return digits * 2;
        return (before & WordClass.Triple) != WordClass.None ? digits * 3 : digits;
    }
}
