using System.Text.RegularExpressions;

namespace Agent.Providers.Catalog;

/// <summary>The shape of a language's name: two or three letters, then subtags (BCP 47).</summary>
internal static partial class LanguageTag
{
    /// <summary>A regular expression for the whole of one.</summary>
    internal const string Pattern = "[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*";

    internal static bool IsOne(string text) => Whole().IsMatch(text);

    [GeneratedRegex($"^{Pattern}\\z", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Whole();
}
