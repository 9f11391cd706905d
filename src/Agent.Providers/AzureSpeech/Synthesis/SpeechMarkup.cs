using System.Buffers;
using System.Text;

namespace Agent.Providers.AzureSpeech.Synthesis;

/// <summary>Writes text as SSML: voice, style and prosody around escaped words. Source: "Speech Synthesis Markup Language (SSML) overview" and "Customize voice and sound with SSML" (learn.microsoft.com, 2025).</summary>
/// <param name="voice">The voice.</param>
/// <param name="language">The language of the document, as a BCP 47 tag.</param>
/// <param name="options">Style and prosody.</param>
internal sealed class SpeechMarkup(string voice, string language, AzureSpeechOptions options)
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("&<>\"'");

    private readonly string _before = Before(voice, language, options);
    private readonly string _after = After(options);

    /// <summary>A whole document that speaks a text.</summary>
    public string Write(string text)
    {
        var document = new StringBuilder(_before.Length + text.Length + _after.Length + 32).Append(_before);
        Escape(document, text);
        return document.Append(_after).ToString();
    }

    /// <summary>Escapes what XML gives a meaning, and leaves out what XML 1.0 cannot hold.</summary>
    public static void Escape(StringBuilder document, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (s_special.Contains(c))
                document.Append(c switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", _ => "&apos;" });
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                document.Append(c).Append(text[++i]);
            else if (c is '\t' or '\n' or '\r' or (>= ' ' and < '\uD800') or (>= '\uE000' and <= '\uFFFD'))
                document.Append(c);
        }
    }

    private static string Before(string voice, string language, AzureSpeechOptions options)
    {
        var document = new StringBuilder("<speak version=\"1.0\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xmlns:mstts=\"http://www.w3.org/2001/mstts\"");
        Attribute(document, "xml:lang", language);
        document.Append("><voice");
        Attribute(document, "name", voice);
        document.Append('>');
        if (options.Style is { } style)
        {
            document.Append("<mstts:express-as");
            Attribute(document, "style", style);
            document.Append('>');
        }

        if (!HasProsody(options))
            return document.ToString();
        document.Append("<prosody");
        Attribute(document, "rate", options.Rate);
        Attribute(document, "pitch", options.Pitch);
        Attribute(document, "volume", options.Volume);
        return document.Append('>').ToString();
    }

    private static string After(AzureSpeechOptions options) =>
        $"{(HasProsody(options) ? "</prosody>" : "")}{(options.Style is null ? "" : "</mstts:express-as>")}</voice></speak>";

    private static bool HasProsody(AzureSpeechOptions options) => options.Rate is not null || options.Pitch is not null || options.Volume is not null;

    private static void Attribute(StringBuilder document, string name, string? value)
    {
        if (value is null)
            return;
        document.Append(' ').Append(name).Append("=\"");
        Escape(document, value);
        document.Append('"');
    }
}
