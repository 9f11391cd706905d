using System.Text;

namespace Agent.Pipeline.Text;

/// <summary>
/// Takes the text of lines and passes on what it says: emphasis, code spans, links, images, footnotes, tags, entities, escapes and formulas without
/// their marks. Addresses stay as they are. What turns out to be no markup stays as it was. Not safe for concurrent use. Source: CommonMark 0.31.
/// </summary>
internal sealed partial class MarkdownSpans
{
    private readonly SpeakableSigns _signs;
    private readonly StringBuilder _held = new();
    private readonly AddressWatch _address = new();
    private Hold _hold;
    private char _mark;
    private int _run;
    private int _depth;
    private string _inner = "";
    private bool _image;
    private bool _code;
    private bool _math;
    private bool _closedBrace;
    private bool _thinking;
    private char _last;

    internal MarkdownSpans(SpeakableSigns signs) => _signs = signs;

    /// <summary>What is being waited for before it is known what the characters held are.</summary>
    private enum Hold
    {
        None,
        Marks,
        Exclamation,
        Bracket,
        BracketEnd,
        Target,
        Tag,
        Entity,
        Escape,
        Command,
        Dollar,
        Formula,
    }

    /// <summary>Whether characters mean themselves here: in code, in an address, in something that is not decided.</summary>
    internal bool IsVerbatim => _code || _address.IsInside || _hold is Hold.Bracket or Hold.Target or Hold.Formula;

    internal void Feed(char c)
    {
        switch (_hold)
        {
            case Hold.None: Begin(c); break;
            case Hold.Marks: OnMarks(c); break;
            case Hold.Exclamation: OnExclamation(c); break;
            case Hold.Bracket: OnBracket(c); break;
            case Hold.BracketEnd: OnBracketEnd(c); break;
            case Hold.Target: OnTarget(c); break;
            case Hold.Tag: OnTag(c); break;
            case Hold.Entity: OnEntity(c); break;
            case Hold.Escape: OnEscape(c); break;
            case Hold.Command: OnCommand(c); break;
            case Hold.Dollar: OnDollar(c); break;
            default: OnFormula(c); break;
        }
    }

    /// <summary>Passes a character on that means itself.</summary>
    internal void Pass(char c)
    {
        _last = c;
        _address.Feed(c);
        if (!_thinking)
            _signs.Feed(c);
    }

    internal void EndCell()
    {
        Resolve();
        _last = '\0';
        if (!_thinking)
            _signs.EndCell();
    }

    internal void EndLine()
    {
        Resolve();
        _last = '\0';
        _code = false;
        _address.Reset();
        if (!_thinking)
            _signs.EndLine();
    }

    /// <summary>Nothing more comes for now.</summary>
    internal void End()
    {
        Resolve();
        _last = '\0';
        _code = _math = _thinking = false;
        _address.Reset();
        _signs.End();
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c);

    private void Begin(char c)
    {
        var closedBrace = _closedBrace;
        _closedBrace = false;
        if (c == '`')
            Wait(Hold.Marks, c);
        else if (_code)
            Pass(c);
        else if (c is '*' or '_' or '~')
            Wait(Hold.Marks, c);
        else if (_address.IsInside && c is not '<')
            Pass(c);
        else
            BeginSpan(c, closedBrace);
    }

    private void BeginSpan(char c, bool closedBrace)
    {
        switch (c)
        {
            case '!': Wait(Hold.Exclamation, c); break;
            case '[': Bracket(image: false); break;
            case '<': Wait(Hold.Tag, c); break;
            case '&': Wait(Hold.Entity, c); break;
            case '\\': Wait(Hold.Escape, c); break;
            case '$': Wait(Hold.Dollar, c); break;
            case '{' when _math:
                // The two parts of a fraction.
                if (closedBrace)
                    Pass('/');
                break;
            case '}' when _math: _closedBrace = true; break;
            default: Pass(c); break;
        }
    }

    private void Wait(Hold hold, char mark)
    {
        _hold = hold;
        _mark = mark;
        _run = 1;
        _held.Clear();
    }

    private void OnMarks(char c)
    {
        if (c == _mark)
        {
            _run++;
            return;
        }

        _hold = Hold.None;
        if (_mark == '`')
            _code = !_code;
        else if (IsKept(c))
            PassAll(new string(_mark, _run));
        Feed(c);
    }

    /// <summary>Whether marks are signs that are said, and not emphasis, by what is around them.</summary>
    private bool IsKept(char next) => _mark switch
    {
        _ when _address.IsInside => IsWord(next) || next is '/' or '-' or '.',
        '~' => _run == 1,
        '_' => !_math && IsWord(_last) && IsWord(next),
        _ when _math => true,
        _ when char.IsWhiteSpace(_last) => char.IsWhiteSpace(next),
        _ => IsWord(_last) && IsWord(next) && (char.IsDigit(_last) || char.IsDigit(next)),
    };

    private void OnExclamation(char c)
    {
        _hold = Hold.None;
        if (c == '[')
        {
            Bracket(image: true);
            return;
        }

        Pass('!');
        Feed(c);
    }

    /// <summary>Takes what is held for what it is when nothing more comes.</summary>
    private void Resolve()
    {
        // What is held may hold something itself.
        while (_hold != Hold.None)
        {
            var hold = _hold;
            var held = _held.ToString();
            _hold = Hold.None;
            switch (hold)
            {
                case Hold.Marks when _mark == '`':
                    _code = !_code;
                    break;
                case Hold.Marks:
                    if (IsKept('\0'))
                        PassAll(new string(_mark, _run));
                    break;
                case Hold.Bracket:
                    if (_image)
                        Pass('!');
                    Pass('[');
                    FeedAll(held);
                    break;
                case Hold.BracketEnd:
                    if (_image || !IsReference())
                        ReleaseBracket();
                    else
                        _signs.Drop();
                    break;
                case Hold.Target:
                    var mark = _mark;
                    ReleaseBracket();
                    Feed(mark);
                    FeedAll(held);
                    break;
                case Hold.Command:
                    PassAll(held.Length > 0 ? FormulaSigns.Of(held) : "");
                    break;
                default:
                    Pass(_mark);
                    FeedAll(held);
                    break;
            }
        }
    }

    private void FeedAll(string text)
    {
        foreach (var c in text)
            Feed(c);
    }

    private void PassAll(string text)
    {
        foreach (var c in text)
            Pass(c);
    }
}
