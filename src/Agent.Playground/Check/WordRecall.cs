using System.Text.RegularExpressions;

namespace Agent.Playground.Check;

/// <summary>How much of what was said arrived as words, whatever the punctuation, the case and the way numbers are written.</summary>
internal static partial class WordRecall
{
    private static readonly string[] s_small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] s_tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>The part of the words of <paramref name="said"/> that appear in <paramref name="heard"/> in the same order, 0 to 1; 1 when nothing was said.</summary>
    internal static double Of(string said, string heard)
    {
        var expected = Words(said);
        return expected.Length == 0 ? 1 : (double)CommonInOrder(expected, Words(heard)) / expected.Length;
    }

    /// <summary>The words in lower case, numbers up to 99 spelled out.</summary>
    internal static string[] Words(string text) =>
        [.. Word().Matches(text.ToLowerInvariant()).SelectMany(match => Spell(match.Value.Replace("'", "", StringComparison.Ordinal)))];

    private static IEnumerable<string> Spell(string word) => !int.TryParse(word, out var number) || number > 99
        ? [word]
        : number < 20 ? [s_small[number]] : number % 10 == 0 ? [s_tens[(number / 10) - 2]] : [s_tens[(number / 10) - 2], s_small[number % 10]];

    // The length of the longest common subsequence.
    private static int CommonInOrder(string[] left, string[] right)
    {
        var row = new int[right.Length + 1];
        foreach (var word in left)
        {
            var diagonal = 0;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = string.Equals(word, right[j - 1], StringComparison.Ordinal) ? diagonal + 1 : Math.Max(above, row[j - 1]);
                diagonal = above;
            }
        }

        return row[^1];
    }

    [GeneratedRegex("[a-z']+|[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Word();
}
