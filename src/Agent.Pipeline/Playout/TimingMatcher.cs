namespace Agent.Pipeline.Playout;

/// <summary>
/// Finds the words that a synthesizer times in the text that it was given. They need not be the same one by one: it may say "five" for "5",
/// time marks or syllables on their own, several words as one, or leave words out. What is not found is left to its neighbours.
/// </summary>
internal sealed class TimingMatcher
{
    private const int MaxSkippedUnits = 8;
    private const int MaxSkippedWords = 3;

    // Short words are everywhere; one of them is no reason to leave words of the text out.
    private const int LettersToSkipWords = 4;

    private readonly UtteranceText _text;
    private int _unit;
    private int _offset;

    internal TimingMatcher(UtteranceText text) => _text = text;

    /// <summary>Finds the next timed word.</summary>
    /// <param name="timed">The word as the synthesizer names it.</param>
    /// <param name="from">The weight of the text before it.</param>
    /// <param name="to">The weight of the text up to its end.</param>
    internal bool TryMatch(ReadOnlySpan<char> timed, out double from, out double to)
    {
        from = to = 0;
        var letters = Letters(timed);
        if (letters == 0)
            return false;
        SkipToLetter();
        var words = 0;
        for (var unit = _unit; unit < _text.Count && unit - _unit <= MaxSkippedUnits; unit++)
        {
            var offset = unit == _unit ? _offset : 0;
            if (Matches(timed, unit, offset, out var endUnit, out var endOffset))
            {
                from = Weight(unit, offset);
                to = Weight(endUnit, endOffset);
                _unit = endUnit;
                _offset = endOffset;
                return true;
            }

            if (IsPlain(_text.Unit(unit)) && (++words > MaxSkippedWords || letters < LettersToSkipWords))
                return false;
        }

        return false;
    }

    /// <summary>Looks for nothing in the text so far any more.</summary>
    internal void SkipToEnd()
    {
        _unit = _text.Count;
        _offset = 0;
    }

    private void SkipToLetter()
    {
        while (_unit < _text.Count && Letters(_text.Unit(_unit)[_offset..]) == 0)
        {
            _unit++;
            _offset = 0;
        }
    }

    /// <summary>Compares letters and digits alone, over the ends of units where the timed word is longer.</summary>
    private bool Matches(ReadOnlySpan<char> timed, int unit, int offset, out int endUnit, out int endOffset)
    {
        endUnit = unit;
        endOffset = offset;
        foreach (var c in timed)
        {
            if (!char.IsLetterOrDigit(c))
                continue;
            while (endOffset >= _text.Unit(endUnit).Length || !char.IsLetterOrDigit(_text.Unit(endUnit)[endOffset]))
            {
                if (endOffset < _text.Unit(endUnit).Length)
                {
                    endOffset++;
                    continue;
                }

                if (++endUnit >= _text.Count)
                    return false;
                endOffset = 0;
            }

            if (char.ToLowerInvariant(_text.Unit(endUnit)[endOffset]) != char.ToLowerInvariant(c))
                return false;
            endOffset++;
        }

        return true;
    }

    /// <summary>The weight of the text before a letter; where no letter of the unit follows, its end.</summary>
    private double Weight(int unit, int offset)
    {
        var text = _text.Unit(unit);
        var after = Letters(text[offset..]);
        var all = Letters(text);
        var start = _text.Start(unit);
        return all == 0 ? start : start + ((_text.VoiceEnds[unit] - start) * (all - after) / all);
    }

    /// <summary>Whether a unit is said as it is written: letters, and no numbers or signs that may become words.</summary>
    private static bool IsPlain(ReadOnlySpan<char> unit)
    {
        var letters = 0;
        foreach (var c in unit.TrimEnd(".,;:!?\"')]"))
        {
            if (char.IsDigit(c) || char.IsSymbol(c) || c is '%' or '&' or '@' or '#' or '/' or '*' or '.')
                return false;
            letters += char.IsLetter(c) ? 1 : 0;
        }

        return letters > 0;
    }

    private static int Letters(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
            count += char.IsLetterOrDigit(c) ? 1 : 0;
        return count;
    }
}
