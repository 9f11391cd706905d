namespace Agent.Pipeline.EndOfTurn.Text;

/// <summary>A text as words. Words that are counted from the end are counted from 1.</summary>
internal readonly ref struct SpokenText
{
    internal SpokenText(ReadOnlySpan<char> text, ReadOnlySpan<SpokenWord> words)
    {
        Text = text;
        Words = words;
        foreach (ref readonly var word in words)
        {
            Classes |= word.Class;
            Phrases |= word.Phrases;
        }
    }

    internal ReadOnlySpan<char> Text { get; }

    internal ReadOnlySpan<SpokenWord> Words { get; }

    /// <summary>The classes of all words together.</summary>
    internal WordClass Classes { get; }

    /// <summary>The kinds of all phrases together.</summary>
    internal PhraseKind Phrases { get; }

    internal int Count => Words.Length;

    internal SpokenWord Last => FromEnd(1);

    internal SpokenWord FromEnd(int place) => place <= Words.Length ? Words[^place] : default;

    internal ReadOnlySpan<char> Spelling(SpokenWord word) => Text.Slice(word.Start, word.Length);

    /// <summary>Whether one of the words before the given place, counted from the end, is of a class; a full stop between ends the search.</summary>
    internal bool AnyBefore(int place, WordClass any)
    {
        for (var i = Words.Length - place - 1; i >= 0; i--)
        {
            if (Words[i].After is '.' or '?' or '!')
                return false;
            if (Words[i].Is(any))
                return true;
        }

        return false;
    }

    /// <summary>The first word that is more than an opener ("so", "okay").</summary>
    internal int FirstContentWord()
    {
        var i = 0;
        while (i < Words.Length - 1 && Words[i].Is(WordClass.Opener | WordClass.Reply | WordClass.Filler))
            i++;
        return i;
    }
}
