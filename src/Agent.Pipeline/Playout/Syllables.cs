namespace Agent.Pipeline.Playout;

/// <summary>Estimates how long a word takes to say, for synthesizers that do not tell.</summary>
internal static class Syllables
{
    /// <summary>How long an average syllable takes: English conversational speech has four to five a second.</summary>
    internal const double SecondsEach = 0.215;

    private const string LatinVowels = "aeiouyAEIOUY";
    private const string GreekAndCyrillicVowels = "αεηιουωάέήίόύώϊϋΐΰΑΕΗΙΟΥΩΆΈΉΊΌΎΏаеёиоуыэюяіїєАЕЁИОУЫЭЮЯІЇЄ";

    /// <summary>The length of a word in syllables, without the pause behind it.</summary>
    internal static double Weigh(ReadOnlySpan<char> word)
    {
        var syllables = 0.0;
        var inVowels = false;
        var letters = 0;
        var capitals = 0;
        foreach (var c in word)
        {
            var vowel = IsVowel(c);
            if (vowel && !inVowels)
                syllables++;
            inVowels = vowel;
            if (char.IsLetter(c))
            {
                letters++;
                capitals += char.IsUpper(c) ? 1 : 0;
                syllables += OfLetter(c);
            }
            else
            {
                syllables += OfSign(c);
            }
        }

        // Abbreviations are said letter by letter: those without a vowel, and short ones in capitals.
        if (letters > 1 && capitals == letters && (letters <= 3 || syllables < 1))
            return letters;

        // A final e is silent: "made" has one syllable; that of "the" is its only one, and that of "table" is said before the l.
        var bare = word.TrimEnd(".,;:!?\"')”’");
        if (syllables > 1 && bare.EndsWith("e", StringComparison.OrdinalIgnoreCase) && !(bare.Length > 2 && bare[^2] is 'l' && !IsVowel(bare[^3])))
            syllables--;
        return Math.Max(syllables, letters > 0 && word[^1] < 0x250 ? 1 : 0.2);
    }

    /// <summary>The pause that the punctuation behind a word makes, in syllables.</summary>
    internal static double Pause(ReadOnlySpan<char> word) => word.TrimEnd("\"')]”’»」』）") is [.., var last]
        ? last switch
        {
            '.' or '!' or '?' or '…' or '。' or '！' or '？' or '؟' or '۔' or '।' => 2.0,
            ',' or ';' or ':' or '，' or '、' or '；' or '：' or '،' or '؛' or '—' or '–' => 1.0,
            _ => 0,
        }
        : 0;

    private static bool IsVowel(char c) => c < 0x250
        ? LatinVowels.Contains(c) || (c > 0xBF && char.IsLetter(c))
        : c is > 'ͯ' and < 'Ԁ' && GreekAndCyrillicVowels.Contains(c);

    /// <summary>What a letter adds in scripts whose syllables are not counted by vowels.</summary>
    private static double OfLetter(char c) => c switch
    {
        < '԰' => 0,

        // A letter is about half a syllable where vowels are left out or are marks: Hebrew, Arabic, the scripts of India and South-East Asia.
        < 'ᄀ' => 0.5,

        // Kana are shorter than the syllables of Chinese and Korean.
        >= '぀' and <= 'ヿ' => 0.65,
        >= '⺀' => 1,
        _ => 0.5,
    };

    private static double OfSign(char c) => c switch
    {
        >= '0' and <= '9' => 1.5,
        '%' or '€' or '£' or '$' or '=' => 2,
        '+' or '&' or '@' or '/' => 1,
        _ => char.IsDigit(c) ? 1.5 : 0,
    };
}
