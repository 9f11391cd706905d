namespace Agent.Providers.OpenAi.Speech.Synthesis;

/// <summary>Looks at text that is to be spoken.</summary>
internal static class SpeechText
{
    /// <summary>Whether there is anything to say: a letter, a digit, or a sign such as an emoji that the vendor may name.</summary>
    public static bool ContainsAnySpeech(this ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.IsSymbol(c))
                return true;
        }

        return false;
    }

    /// <summary>Where to cut a text that may be too long: behind a sentence, else at white space, else where it has to be.</summary>
    /// <returns>How many characters belong to the first part.</returns>
    public static int CutAt(ReadOnlySpan<char> text, int most)
    {
        if (text.Length <= most)
            return text.Length;
        var head = text[..most];
        var sentence = Math.Max(head.LastIndexOf(". "), Math.Max(head.LastIndexOf("! "), head.LastIndexOf("? ")));
        if (sentence > 0)
            return sentence + 1;
        var space = head.LastIndexOf(' ');
        if (space > 0)
            return space;
        return char.IsHighSurrogate(head[^1]) ? most - 1 : most;
    }
}
