using System.Text;

namespace Agent.Pipeline.Text;

/// <summary>
/// Takes text without markup and passes on what can be said: pictures and invisible characters are dropped, white space is single, table
/// cells are separated by commas. Not safe for concurrent use.
/// </summary>
internal sealed class SpeakableSigns
{
    private readonly ISpeakableSink _sink;
    private char _high;
    private Rune? _ambiguous;
    private Rune _last;
    private bool _space;
    private bool _cell;
    private bool _dropped;
    private bool _joined;

    internal SpeakableSigns(ISpeakableSink sink) => _sink = sink;

    internal void Feed(char c)
    {
        if (char.IsHighSurrogate(c))
        {
            _high = c;
        }
        else if (char.IsLowSurrogate(c))
        {
            // Half a pair is nothing that can be said.
            if (_high != 0)
                Feed(new Rune(_high, c));
            _high = '\0';
        }
        else
        {
            _high = '\0';
            Feed(new Rune(c));
        }
    }

    /// <summary>Something was here that is not said.</summary>
    internal void Drop()
    {
        Settle();
        _dropped = true;
    }

    internal void EndCell()
    {
        Settle();
        _cell = true;
    }

    internal void EndLine()
    {
        End();
        _sink.EndLine();
    }

    /// <summary>Nothing more comes for now.</summary>
    internal void End()
    {
        Settle();
        _space = _cell = _dropped = _joined = false;
        _high = '\0';
        _last = default;
    }

    private void Feed(Rune rune)
    {
        if (_ambiguous is { } held)
        {
            _ambiguous = null;
            var selected = rune.Value is Pictographs.EmojiPresentation or Pictographs.TextPresentation;
            if (rune.Value == Pictographs.EmojiPresentation ? Pictographs.IsSaid(held) : selected || !Pictographs.IsPictureAlone(held))
                Say(held);
            else
                _dropped = true;
            if (selected)
                return;
        }

        if (_joined)
            _joined = false;
        else if (Rune.IsWhiteSpace(rune))
            _space = true;
        else if (Pictographs.IsAmbiguous(rune))
            _ambiguous = rune;
        else if (Pictographs.IsPicture(rune))
            _dropped = true;
        else if (rune.Value == Pictographs.Joiner && _dropped)
            _joined = true;
        else if (!Pictographs.IsSilent(rune))
            Say(Pictographs.Plain(rune));
    }

    private void Settle()
    {
        if (_ambiguous is { } held && !Pictographs.IsPictureAlone(held))
            Say(held);
        _ambiguous = null;
    }

    private void Say(Rune rune)
    {
        if (_cell && Rune.IsLetterOrDigit(_last))
            _sink.Put(new Rune(','), spaced: false);

        // What was dropped before the mark leaves no gap: "well 😀!" is "well!".
        var closesUp = _dropped && rune.IsBmp && (Clause.EndsSentence((char)rune.Value) || Clause.EndsClause((char)rune.Value));
        _sink.Put(rune, (_space || _cell) && !closesUp);
        _space = _cell = _dropped = false;
        _last = rune;
    }
}
