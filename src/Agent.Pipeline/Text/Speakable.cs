using System.Text;

namespace Agent.Pipeline.Text;

/// <summary>
/// Makes written text speakable as it comes: markup loses its marks, pictures and what is not said are dropped, white space is single. How
/// the text is divided when it comes makes no difference. Not safe for concurrent use.
/// </summary>
internal sealed class Speakable
{
    private readonly MarkdownBlocks _blocks;

    internal Speakable(ISpeakableSink sink) => _blocks = new MarkdownBlocks(new MarkdownSpans(new SpeakableSigns(sink)));

    /// <summary>A whole text at once, in one line.</summary>
    internal static string From(string text)
    {
        var line = new Line();
        var speakable = new Speakable(line);
        speakable.Add(text);
        speakable.Finish();
        return line.ToString();
    }

    internal void Add(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            _blocks.Feed(c);
    }

    /// <summary>Passes on what was held back; what comes then is a new text.</summary>
    internal void Finish() => _blocks.End();

    private sealed class Line : ISpeakableSink
    {
        private readonly StringBuilder _text = new();
        private bool _space;

        public void Put(Rune rune, bool spaced)
        {
            if ((spaced || _space) && _text.Length > 0)
                _text.Append(' ');
            _space = false;
            _text.Append(rune.ToString());
        }

        public void EndLine() => _space = true;

        public override string ToString() => _text.ToString();
    }
}
