using System.Globalization;
using System.Text;

namespace Agent.Pipeline.Text;

/// <summary>
/// Which signs are pictures and which are said. Source: Unicode Technical Standard 51 (emoji and text presentation, ZWJ sequences, flags, keycaps).
/// </summary>
internal static class Pictographs
{
    internal const int TextPresentation = 0xFE0E;
    internal const int EmojiPresentation = 0xFE0F;
    internal const int Joiner = 0x200D;
    private const int Keycap = 0x20E3;

    /// <summary>Whether the sign is text or a picture depending on the presentation selector behind it.</summary>
    internal static bool IsAmbiguous(Rune rune) => rune.Value is 0xA9 or 0xAE or 0x203C or 0x2049 or 0x2122 or 0x2139
        or (>= 0x2194 and <= 0x21AA) or (>= 0x231A and <= 0x23FF) or 0x24C2 or (>= 0x25AA and <= 0x25FE) or (>= 0x2600 and <= 0x27BF)
        or 0x2934 or 0x2935 or (>= 0x2B05 and <= 0x2B55) or 0x3030 or 0x303D or 0x3297 or 0x3299;

    /// <summary>Whether the sign stands for a word even as a picture: ©, ®, ™, telephone, the musical accidentals.</summary>
    internal static bool IsSaid(Rune rune) => rune.Value is 0xA9 or 0xAE or 0x2122 or 0x203C or 0x2049 or 0x260E or 0x260F or (>= 0x266D and <= 0x266F);

    /// <summary>Whether an ambiguous sign with no selector behind it is a picture, or an ornament that is not said.</summary>
    internal static bool IsPictureAlone(Rune rune) => !IsSaid(rune) && rune.Value is 0x231A or 0x231B or (>= 0x23E9 and <= 0x23F3)
        or 0x25FD or 0x25FE or 0x2B1B or 0x2B1C or 0x2B50 or 0x2B55 or ((>= 0x2600 and <= 0x27BF) and not (0x2640 or 0x2642 or 0x260E or 0x260F or 0x266D or 0x266E or 0x266F));

    /// <summary>Whether the sign is a picture whatever follows: emoji, skin tones, regional indicators of flags.</summary>
    internal static bool IsPicture(Rune rune) => rune.Value is >= 0x1F000 and <= 0x1FAFF;

    /// <summary>Whether the character is neither said nor shown.</summary>
    internal static bool IsSilent(Rune rune) => rune.Value switch
    {
        Joiner or 0x200C => false,
        TextPresentation or EmojiPresentation or Keycap or 0xFFFD => true,
        >= 0xE0000 and <= 0xE007F => true,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.PrivateUse => true,

            // Signs of Arabic and Syriac that enclose numbers are of this category and are said.
            UnicodeCategory.Format => rune.Value is < 0x600 or > 0x8FF,
            _ => false,
        },
    };

    /// <summary>A letter or digit in fancy type as what it is: "𝐛𝐨𝐥𝐝" as "bold" (Mathematical Alphanumeric Symbols, Latin and digits).</summary>
    internal static Rune Plain(Rune rune) => rune.Value switch
    {
        >= 0x1D400 and < 0x1D6A4 and var letter => new Rune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[(letter - 0x1D400) % 52]),
        >= 0x1D7CE and <= 0x1D7FF and var digit => new Rune((char)('0' + ((digit - 0x1D7CE) % 10))),
        _ => rune,
    };
}
