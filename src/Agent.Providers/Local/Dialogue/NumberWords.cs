namespace Agent.Providers.Local.Dialogue;

/// <summary>Numbers as people say them, 0 to 9,999.</summary>
internal static class NumberWords
{
    private const int Largest = 9_999;

    private static readonly string[] s_small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] s_tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>Writes a number in words.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is over 9,999 or under -9,999.</exception>
    public static string Write(int number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(number), Largest, nameof(number));
        return number switch
        {
            < 0 => $"minus {Write(-number)}",
            < 20 => s_small[number],
            < 100 => number % 10 == 0 ? s_tens[number / 10] : $"{s_tens[number / 10]} {s_small[number % 10]}",
            < 1000 => number % 100 == 0 ? $"{s_small[number / 100]} hundred" : $"{s_small[number / 100]} hundred and {Write(number % 100)}",
            _ => number % 1000 == 0 ? $"{Write(number / 1000)} thousand" : $"{Write(number / 1000)} thousand {Write(number % 1000)}",
        };
    }

    /// <summary>Reads the number that begins at a word.</summary>
    /// <param name="words">Words in lower case; digits count as a word.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="length">How many words it has; zero when there is none.</param>
    public static int Read(IReadOnlyList<string> words, int start, out int length)
    {
        var total = 0;
        var part = 0;
        length = 0;
        for (var i = start; i < words.Count; i++)
        {
            if (ReadWord(words[i]) is { } value)
                part += value;
            else if (words[i] is "hundred")
                part = Math.Max(part, 1) * 100;
            else if (words[i] is "thousand")
                (total, part) = (total + (Math.Max(part, 1) * 1000), 0);
            else if (words[i] is not "and" || length == 0 || i + 1 >= words.Count || ReadWord(words[i + 1]) is null)
                break;
            length++;
        }

        return Math.Min(total + part, Largest);
    }

    private static int? ReadWord(string word)
    {
        if (int.TryParse(word, out var digits) && digits is >= 0 and <= Largest)
            return digits;
        var index = Array.IndexOf(s_small, word);
        if (index >= 0)
            return index;
        index = Array.IndexOf(s_tens, word);
        return index > 0 ? index * 10 : null;
    }
}
