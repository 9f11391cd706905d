using System.Net;
using System.Text;
using Agent.Pipeline.Speech;

namespace Agent.Providers.AzureSpeech.Synthesis;

/// <summary>
/// Finds the words that the service tells in the text that was written, and gives each the punctuation that belongs to it: the service tells words bare.
/// One writer, one reader.
/// </summary>
internal sealed class SpokenWords
{
    /// <summary>How far ahead a word may lie; one that is further is another of the same letters.</summary>
    private const int Reach = 64;

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private int _at;

    /// <summary>Takes text in the order in which it is spoken.</summary>
    public void Write(string text)
    {
        lock (_gate)
            _text.Append(text);
    }

    /// <summary>The next word, with what lies between it and its neighbours but for white space.</summary>
    /// <param name="word">As the service tells it; escaped where the text was.</param>
    /// <param name="start">When it begins.</param>
    /// <param name="end">When it ends.</param>
    public WordTiming Next(string word, TimeSpan start, TimeSpan end)
    {
        lock (_gate)
        {
            var text = _text.ToString(_at, Math.Min(_text.Length - _at, Reach + word.Length));
            return Find(text, word) is { } range ? new WordTiming(text[range], start, end) : new WordTiming(WebUtility.HtmlDecode(word), start, end);
        }
    }

    /// <summary>Where the word is, with its punctuation. What the service speaks in other words than those written is not found, and keeps the place.</summary>
    private Range? Find(string text, string word)
    {
        var found = text.IndexOf(word, StringComparison.Ordinal);
        if (found < 0 && word.Contains('&', StringComparison.Ordinal))
        {
            word = WebUtility.HtmlDecode(word);
            found = text.IndexOf(word, StringComparison.Ordinal);
        }

        if (found < 0 || word.Length == 0)
            return null;
        var to = found + word.Length;
        while (to < text.Length && IsMark(text[to]))
            to++;
        var from = found;
        while (from > 0 && IsMark(text[from - 1]))
            from--;
        _at += to;
        return from..to;
    }

    private static bool IsMark(char c) => !char.IsWhiteSpace(c) && !char.IsLetterOrDigit(c);
}
