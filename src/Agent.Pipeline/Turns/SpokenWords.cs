namespace Agent.Pipeline.Turns;

/// <summary>Text of a recogniser, compared and counted by what was spoken.</summary>
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

    /// <summary>
    /// The words of a text in a form in which they can be compared: lower case, letters, digits and apostrophes only, sounds that are drawn out made short
    /// ("yeahhh", "hmmm").
    /// </summary>
    internal static List<string> Split(string text)
    {
        var words = new List<string>();
        Span<char> word = stackalloc char[64];
        var length = 0;
        foreach (var c in text)
        {
            var isPart = char.IsLetterOrDigit(c) || (c is '\'' or '’' && length > 0);
            if (isPart && length < word.Length)
            {
                var lower = c == '’' ? '\'' : char.ToLowerInvariant(c);
                if (length < 2 || lower != word[length - 1] || lower != word[length - 2] || char.IsDigit(lower))
                    word[length++] = lower;
            }
            else if (!isPart && length > 0)
            {
                words.Add(new string(word[..length].TrimEnd('\'')));
                length = 0;
            }
        }

        if (length > 0)
            words.Add(new string(word[..length].TrimEnd('\'')));
        return words;
    }
}
