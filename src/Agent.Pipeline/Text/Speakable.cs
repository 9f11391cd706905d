using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Agent.Pipeline.Text;

/// <summary>Makes written text speakable: markdown loses its marks, emoji are dropped, white space is single.</summary>
internal static partial class Speakable
{
    internal static string From(string text)
    {
        text = Fence().Replace(text, "");
        text = Link().Replace(text, "${text}");
        text = LineStart().Replace(text, "");
        text = Emphasis().Replace(text, "${text}");
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (result.Length > 0 && result[^1] != ' ')
                    result.Append(' ');
            }
            else if (!IsUnspeakable(rune))
            {
                result.Append(rune.ToString());
            }
        }

        return result.ToString().TrimEnd();
    }

    private static bool IsUnspeakable(Rune rune) => rune.Value switch
    {
        '*' or '`' or '#' or '|' or '~' => true,
        0xFE0F or 0x200D or 0x20E3 => true,
        >= 0x1F000 and <= 0x1FAFF => true,
        >= 0x2600 and <= 0x27BF => true,
        >= 0xE0020 and <= 0xE007F => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.PrivateUse,
    };

    [GeneratedRegex(@"^\s*```[^\n]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"!?\[(?<text>[^\]\n]*)\]\([^)\n]*\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]*|[-*+•][ \t]+|\|)", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex LineStart();

    [GeneratedRegex(@"(?<![\p{L}\p{N}_])(?<mark>__|_)(?=\S)(?<text>.+?)(?<=\S)\k<mark>(?![\p{L}\p{N}_])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Emphasis();
}
