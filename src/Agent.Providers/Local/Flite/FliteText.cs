using System.Text;

namespace Agent.Providers.Local.Flite;

/// <summary>Prepares text for flite, which reads ASCII, and which speaks nothing before it has the whole of what it was given.</summary>
internal static class FliteText
{
    /// <summary>A clause at least this long, in characters, ends at a comma; shorter ones go on, because each clause has its own melody.</summary>
    private const int CommaAfter = 40;

    /// <summary>A clause never grows over this, in characters: it is cut at a space.</summary>
    private const int Longest = 300;

    /// <summary>The letters of U+00C0 to U+017F without their marks. (Unicode's own decomposition is not there where globalization is invariant.)</summary>
    private const string PlainLetters =
        "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuyty" +
        "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL" +
        "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

    /// <summary>Whether the clause ends a sentence.</summary>
    public static bool EndsSentence(string clause) => clause.AsSpan().TrimEnd("\"') ") is [.., '.' or '!' or '?'];

    /// <summary>Cuts text into clauses that can be spoken, without what cannot be spoken.</summary>
    public static IEnumerable<string> Clauses(string text)
    {
        var plain = Plain(text);
        var start = 0;
        for (var i = 0; i < plain.Length; i++)
        {
            var last = i == plain.Length - 1;
            if (!last && !EndsClause(plain, start, i))
                continue;
            var clause = plain[start..(i + 1)].Trim();
            start = i + 1;
            if (clause.AsSpan().ContainsAnyInRange('0', '9') || clause.Any(char.IsAsciiLetter))
                yield return clause;
        }
    }

    private static bool EndsClause(string text, int start, int i)
    {
        if (i - start >= Longest)
            return text[i] == ' ';
        if (text[i + 1] != ' ')
            return false;
        return text[i] switch
        {
            '!' or '?' or ';' or ':' => true,
            '.' => !IsAbbreviation(text, start, i),
            ',' => i - start >= CommaAfter,
            _ => false,
        };
    }

    /// <summary>Whether the dot at <paramref name="i"/> follows a single letter or a title, as in "J. Smith" and "Dr. Smith".</summary>
    private static bool IsAbbreviation(string text, int start, int i)
    {
        var word = text.AsSpan(start, i - start);
        word = word[(word.LastIndexOf(' ') + 1)..];
        return word is [var letter] && char.IsAsciiLetterUpper(letter) && letter != 'I'
            || word is "Mr" or "Mrs" or "Ms" or "Dr" or "St" or "Prof" or "vs";
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var c = rune.Value switch
            {
                0x2018 or 0x2019 or 0x02BC => '\'',
                0x201C or 0x201D => '"',
                0x2013 or 0x2014 => ',',
                0x2026 => '.',
                '\t' or '\r' or '\n' or 0x00A0 => ' ',
                '*' or '_' or '#' or '`' or '~' or '|' or '<' or '>' or '[' or ']' or '{' or '}' or '\\' => ' ',
                >= 0xC0 and < 0x180 => PlainLetters[rune.Value - 0xC0],
                >= ' ' and < 0x7F => (char)rune.Value,
                _ => '\0',
            };
            if (c == '\0' || (c == ' ' && plain is { Length: > 0 } && plain[^1] == ' '))
                continue;
            plain.Append(c);
        }

        return plain.ToString().Trim();
    }
}
