namespace Agent.Providers.Settings;

/// <summary>How a text that was found where it does not belong is shown to the person who has to mend it.</summary>
internal static class SeenText
{
    private const int Longest = 24;

    /// <summary>The text in quotes; of a long one, which may be a key in the wrong place, only its length and how it begins.</summary>
    internal static string Of(string text) => text.Length <= Longest || LooksLikeAddress(text) ? $"'{text}'" : $"'{text[..3]}…' ({text.Length} characters)";

    private static bool LooksLikeAddress(string text) => text.Contains("://", StringComparison.Ordinal) || text.Contains('/') || text.Contains('.');
}
