using System.Text;

namespace Agent.Pipeline.Text;

/// <summary>
/// Takes written text and passes on what its lines say: headings, quotes, list items and table rows without their marks. Rules are dropped, and so
/// is code in fences, unless it is marked as text or not marked at all. Not safe for concurrent use. Source: CommonMark 0.31, GitHub's tables.
/// </summary>
internal sealed class MarkdownBlocks
{
    private const int MaxInfo = 100;

    private readonly MarkdownSpans _spans;
    private readonly StringBuilder _info = new();
    private State _state = State.LineStart;
    private char _mark;
    private int _run;
    private int _fence;
    private bool _table;
    private bool _spoken;

    internal MarkdownBlocks(MarkdownSpans spans) => _spans = spans;

    private enum State
    {
        LineStart,
        Marks,
        Text,
        FenceInfo,
        FenceLineStart,
        FenceMarks,
        FenceText,
        FenceEnd,
    }

    internal void Feed(char c)
    {
        switch (_state)
        {
            case State.LineStart: OnLineStart(c); break;
            case State.Marks: OnMarks(c); break;
            case State.Text: OnText(c); break;
            case State.FenceInfo: OnFenceInfo(c); break;
            case State.FenceLineStart when c == _mark: Count(c, State.FenceMarks); break;
            case State.FenceMarks: OnFenceMarks(c); break;
            case State.FenceEnd: _state = c == '\n' ? State.LineStart : State.FenceEnd; break;
            default: OnFenceText(c); break;
        }
    }

    /// <summary>Nothing more comes for now.</summary>
    internal void End()
    {
        if (_state == State.Marks && !IsDropped('\n'))
            Release();
        _spans.End();
        _state = State.LineStart;
        _table = false;
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c);

    private void OnLineStart(char c)
    {
        switch (c)
        {
            case '\n':
                EndLine();
                break;
            case '|':
                _table = true;
                _spans.EndCell();
                break;
            case '#' or '>' or '-' or '+' or '*' or '•' or '_' or '=' or '`' or '~':
            case ':' when _table:
                Count(c, State.Marks);
                break;
            default:
                if (IsBlank(c))
                    break;
                _state = State.Text;
                OnText(c);
                break;
        }
    }

    private void Count(char mark, State state)
    {
        _mark = mark;
        _run = 1;
        _state = state;
    }

    private void OnMarks(char c)
    {
        if (c == _mark || (_table && c is '-' or ':' && _mark is '-' or ':'))
        {
            _run++;
        }
        else if (_mark is '`' or '~' && _run >= 3)
        {
            _fence = _run;
            _info.Clear();
            _state = State.FenceInfo;
            OnFenceInfo(c);
        }
        else if (IsDropped(c))
        {
            _state = State.LineStart;
            OnLineStart(c);
        }
        else
        {
            Release();
            OnText(c);
        }
    }

    /// <summary>Whether the marks at the beginning of a line are no text, by what follows them.</summary>
    private bool IsDropped(char next) => _mark switch
    {
        '#' => _run <= 6 && IsBlank(next),
        '>' => !char.IsDigit(next) && next != '=',
        '-' or ':' when _table => IsBlank(next) || next == '|',
        '-' or '*' => IsBlank(next) && _run != 2,
        '+' or '•' => IsBlank(next) && _run == 1,
        '_' or '=' or '`' or '~' => IsBlank(next) && _run >= 3,
        _ => false,
    };

    private void Release()
    {
        _state = State.Text;
        for (var i = 0; i < _run; i++)
            _spans.Feed(_mark);
    }

    private void OnText(char c)
    {
        if (c == '\n')
        {
            EndLine();
        }
        else if (c == '|' && !_spans.IsVerbatim)
        {
            _spans.EndCell();
            if (_table)
                _state = State.LineStart;
        }
        else
        {
            _spans.Feed(c);
        }
    }

    private void OnFenceInfo(char c)
    {
        if (c == '\n')
        {
            _spoken = _info.ToString().Trim().ToLowerInvariant() is "" or "text" or "txt" or "plaintext" or "markdown" or "md";
            _spans.EndLine();
            _state = State.FenceLineStart;
        }
        else if (c == '`' || _info.Length >= MaxInfo)
        {
            // Code within a line after all.
            Release();
            for (var i = 0; i < _info.Length; i++)
                _spans.Feed(_info[i]);
            OnText(c);
        }
        else
        {
            _info.Append(c);
        }
    }

    private void OnFenceMarks(char c)
    {
        if (c == _mark)
        {
            _run++;
        }
        else if (_run >= _fence && IsBlank(c))
        {
            _state = State.FenceEnd;
            Feed(c);
        }
        else
        {
            for (var i = 0; _spoken && i < _run; i++)
                _spans.Pass(_mark);
            OnFenceText(c);
        }
    }

    private void OnFenceText(char c)
    {
        if (_spoken && c == '\n')
            _spans.EndLine();
        else if (_spoken)
            _spans.Pass(c);
        _state = c == '\n' || (_state == State.FenceLineStart && IsBlank(c)) ? State.FenceLineStart : State.FenceText;
    }

    private void EndLine()
    {
        _spans.EndLine();
        _state = State.LineStart;
        _table = false;
    }
}
