namespace Agent.Pipeline.Text;

/// <content>Links, images, footnotes, sources and the boxes of tasks.</content>
internal sealed partial class MarkdownSpans
{
    private const int MaxBracket = 300;
    private const int MaxTarget = 2_000;

    private void Bracket(bool image)
    {
        Wait(Hold.Bracket, '[');
        _depth = 1;
        _image = image;
    }

    private void OnBracket(char c)
    {
        _depth += c switch { '[' => 1, ']' => -1, _ => 0 };
        if (_depth == 0)
        {
            _inner = _held.ToString();
            _hold = Hold.BracketEnd;
            return;
        }

        _held.Append(c);
        if (_held.Length > MaxBracket)
            Resolve();
    }

    private void OnBracketEnd(char c)
    {
        if (c is '(' or '[')
        {
            Wait(Hold.Target, c);
            _depth = 1;
            return;
        }

        _hold = Hold.None;
        if (!_image && IsReference())
        {
            _signs.Drop();

            // "[^1]: the note" at the beginning of a line: the note is text.
            if (c != ':' || _last != '\0')
                Feed(c);
            return;
        }

        ReleaseBracket();
        Feed(c);
    }

    /// <summary>Whether what is in brackets points somewhere and is not said: footnotes, sources, and the boxes of tasks.</summary>
    private bool IsReference()
    {
        var inner = _inner.AsSpan().Trim();
        if (_last == '\0' && (inner.IsEmpty || inner is "x" or "X"))
            return true;
        return inner is ['^', _, ..] || (!inner.IsEmpty && inner.Length <= 3 && !IsWord(_last) && !inner.ContainsAnyExceptInRange('0', '9'));
    }

    private void ReleaseBracket()
    {
        if (_image)
            Pass('!');
        Pass('[');
        FeedAll(_inner);
        Feed(']');
    }

    private void OnTarget(char c)
    {
        var close = _mark == '(' ? ')' : ']';
        _depth += c == _mark ? 1 : c == close ? -1 : 0;
        if (_depth == 0)
        {
            _hold = Hold.None;
            FeedAll(_inner);
            return;
        }

        _held.Append(c);
        if (_held.Length > MaxTarget)
            Resolve();
    }
}
