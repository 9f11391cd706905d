namespace Agent.Pipeline.Playout;

/// <summary>Estimates how long a word takes to say, for synthesizers that do not tell.</summary>
internal static class Syllables
{
    /// <summary>How long an average syllable takes: English conversational speech has four to five a second.</summary>
    internal const double SecondsEach = 0.215;

    /// <summary>The length of a word in syllables, with the pause that its punctuation makes.</summary>
    internal static double Weigh(ReadOnlySpan<char> word)
    {
        var syllables = 0.0;
        var inVowels = false;
        var letters = 0;
        foreach (var c in word)
        {
            var vowel = c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'A' or 'E' or 'I' or 'O' or 'U' or 'Y' || (c > 0xBF && c < 0x250 && char.IsLetter(c));
            if (vowel && !inVowels)
                syllables++;
            inVowels = vowel;
            if (char.IsLetter(c))
                letters++;
            else if (char.IsDigit(c))
                syllables += 1.5;
            if (c >= 0x2E80 && char.IsLetter(c))
                syllables++;
        }

        // A silent final e: "made" has one syllable, "the" keeps its own.
        if (syllables > 1 && letters > 3 && word.TrimEnd(".,;:!?\"')").EndsWith("e", StringComparison.OrdinalIgnoreCase))
            syllables--;
        return Math.Max(syllables, letters > 0 ? 1 : 0.2) + Pause(word);
    }

    private static double Pause(ReadOnlySpan<char> word) => word.TrimEnd("\"')]”’") is [.., var last]
        ? last switch
        {
            '.' or '!' or '?' or '…' or '。' or '！' or '？' => 2.0,
            ',' or ';' or ':' or '，' or '、' => 1.0,
            _ => 0,
        }
        : 0;
}
