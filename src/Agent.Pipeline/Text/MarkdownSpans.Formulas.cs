namespace Agent.Pipeline.Text;

/// <content>Escapes and formulas.</content>
internal sealed partial class MarkdownSpans
{
    private const int MaxFormula = 60;

    private void OnEscape(char c)
    {
        _hold = Hold.None;
        if (c is '(' or '[' or ')' or ']')
        {
            _math = c is '(' or '[';
        }
        else if (_math)
        {
            Wait(Hold.Command, '\\');
            OnCommand(c);
        }
        else if (char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)))
        {
            Pass(c);
        }
        else
        {
            Pass('\\');
            Feed(c);
        }
    }

    private void OnCommand(char c)
    {
        if (char.IsAsciiLetter(c))
        {
            _held.Append(c);
            return;
        }

        _hold = Hold.None;
        if (_held.Length > 0)
        {
            PassAll(FormulaSigns.Of(_held.ToString()));
            Feed(c);
        }
        else
        {
            // A space of some width, a new line of the formula, or an escaped sign.
            Pass(c is '%' or '$' or '#' or '&' ? c : ' ');
        }
    }

    private void OnDollar(char c)
    {
        _hold = Hold.None;
        if (c == '$')
        {
            _math = !_math;
        }
        else if (!IsWord(_last) && (char.IsAsciiLetter(c) || c == '\\'))
        {
            Wait(Hold.Formula, '$');
            _held.Append(c);
        }
        else
        {
            Pass('$');
            Feed(c);
        }
    }

    private void OnFormula(char c)
    {
        if (c == '$' && !char.IsWhiteSpace(_held[^1]))
        {
            _hold = Hold.None;
            _math = true;
            FeedAll(_held.ToString());
            Resolve();
            _math = false;
        }
        else if (c == '$' || _held.Length > MaxFormula)
        {
            Resolve();
            Feed(c);
        }
        else
        {
            _held.Append(c);
        }
    }
}
