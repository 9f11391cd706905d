namespace Agent.Pipeline.Turns;

/// <summary>Text of a recogniser, compared and counted by what was spoken. Allocates nothing.</summary>
internal static class SpokenWords
{
    /// <summary>Whether two texts have the same letters and digits in the same order; case, punctuation and spaces do not count.</summary>
    internal static bool IsSame(string a, string b)
    {
        var j = 0;
        foreach (var c in a)
        {
            if (!char.IsLetterOrDigit(c))
                continue;
            while (j < b.Length && !char.IsLetterOrDigit(b[j]))
                j++;
            if (j == b.Length || char.ToLowerInvariant(b[j++]) != char.ToLowerInvariant(c))
                return false;
        }

        while (j < b.Length && !char.IsLetterOrDigit(b[j]))
            j++;
        return j == b.Length;
    }

    /// <summary>How many words a turn has so far.</summary>
    internal static int CountWords(UserTurn turn)
    {
        var count = CountWords(turn.Interim);
        foreach (var final in turn.Finals)
            count += CountWords(final);
        foreach (var segment in turn.Unsettled)
            count += CountWords(segment.Text);
        return count;
    }

    /// <summary>How many words, separated by spaces, a text has.</summary>
    internal static int CountWords(string text)
    {
        var count = 0;
        var inWord = false;
        foreach (var c in text)
        {
            var isLetter = !char.IsWhiteSpace(c);
            if (isLetter && !inWord)
                count++;
            inWord = isLetter;
        }

        return count;
    }
}
