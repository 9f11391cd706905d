namespace Agent.Providers.LanguageModels;

/// <summary>
/// Tells a reply's thoughts from its words where a model writes them down at the beginning, between <c>&lt;think&gt;</c> and <c>&lt;/think&gt;</c>, as those of
/// DeepSeek and Qwen do (their chat templates): servers without a parser for it pass them on as text, and they would be spoken. Holds back no more than may be part of a mark.
/// </summary>
internal sealed class WrittenThoughts
{
    private const string Begin = "<think>";
    private const string End = "</think>";

    private string _held = "";
    private Part _part = Part.Beginning;

    private enum Part
    {
        Beginning,
        Thoughts,
        Words,
    }

    /// <summary>Reads the next piece of the text.</summary>
    internal (string Thoughts, string Words) Read(string piece)
    {
        if (_part == Part.Words)
            return ("", piece);
        var text = _held + piece;
        _held = "";
        if (_part == Part.Beginning)
        {
            var start = text.TrimStart();
            if (start.Length < Begin.Length && Begin.StartsWith(start, StringComparison.Ordinal))
            {
                _held = text;
                return ("", "");
            }

            if (!start.StartsWith(Begin, StringComparison.Ordinal))
            {
                _part = Part.Words;
                return ("", text);
            }

            _part = Part.Thoughts;
            text = start[Begin.Length..];
        }

        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (end >= 0)
        {
            _part = Part.Words;
            return (text[..end], text[(end + End.Length)..].TrimStart());
        }

        var held = Enumerable.Range(1, Math.Min(End.Length - 1, text.Length)).LastOrDefault(count => End.StartsWith(text[^count..], StringComparison.Ordinal));
        _held = text[^held..];
        return (text[..^held], "");
    }

    /// <summary>The reply has ended: what was held back was no mark.</summary>
    internal (string Thoughts, string Words) Rest()
    {
        var held = _held;
        _held = "";
        return _part == Part.Thoughts ? (held, "") : ("", held);
    }
}
