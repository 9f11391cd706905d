using System.Text;

namespace Agent.Pipeline.Text;

/// <summary>What a pipeline must know of writing systems.</summary>
internal static class Script
{
    /// <summary>
    /// Whether a letter belongs to a script that writes words without spaces between them: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
    /// Blocks: Unicode Standard, chapters 16 and 18.
    /// </summary>
    internal static bool IsUnspaced(Rune rune) => rune.Value switch
    {
        < 0x0E00 => false,
        <= 0x0EFF => true,
        >= 0x1000 and <= 0x109F => true,
        >= 0x1780 and <= 0x17FF => true,
        >= 0x3005 and <= 0x3007 => true,
        >= 0x3040 and <= 0x312F => true,
        >= 0x31F0 and <= 0x31FF => true,
        >= 0x3400 and <= 0x4DBF => true,
        >= 0x4E00 and <= 0x9FFF => true,
        >= 0xF900 and <= 0xFAFF => true,
        >= 0xFF66 and <= 0xFF9F => true,
        >= 0x20000 and <= 0x3FFFF => true,
        _ => false,
    };

    /// <summary>Whether a kana lengthens or colours the syllable before it and makes none of its own.</summary>
    internal static bool IsSmallKana(Rune rune) => rune.Value is 0x30FC or 0xFF70
        or 0x3041 or 0x3043 or 0x3045 or 0x3047 or 0x3049 or 0x3063 or 0x3083 or 0x3085 or 0x3087 or 0x308E
        or 0x30A1 or 0x30A3 or 0x30A5 or 0x30A7 or 0x30A9 or 0x30C3 or 0x30E3 or 0x30E5 or 0x30E7 or 0x30EE;

    /// <summary>The first code point of a text; a lone surrogate reads as the replacement character.</summary>
    internal static Rune First(ReadOnlySpan<char> text)
    {
        _ = Rune.DecodeFromUtf16(text, out var rune, out _);
        return rune;
    }

    /// <summary>The last code point of a text; a lone surrogate reads as the replacement character.</summary>
    internal static Rune Last(ReadOnlySpan<char> text)
    {
        _ = Rune.DecodeLastFromUtf16(text, out var rune, out _);
        return rune;
    }
}
