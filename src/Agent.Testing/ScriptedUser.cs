namespace Agent.Testing;

/// <summary>What the user says and when, as a script.</summary>
public sealed class ScriptedUser
{
    private readonly List<Line> _lines = [];
    private TimeSpan _longest;

    /// <summary>The script, in the order of its beginnings.</summary>
    public IReadOnlyList<Line> Lines => _lines;

    /// <summary>Lets the user say something, from one second to another.</summary>
    public void Says(string text, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (from < 0 || to <= from)
            throw new ArgumentException($"What is said ends after it begins, and not before the conversation: {from} to {to} s.", nameof(to));
        var line = new Line(text, TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to));
        var place = _lines.Count;
        while (place > 0 && _lines[place - 1].From > line.From)
            place--;
        _lines.Insert(place, line);
        if (line.To - line.From > _longest)
            _longest = line.To - line.From;
    }

    /// <summary>Sound that voice activity takes for speech and that has no words: a cough.</summary>
    public void Coughs(double from, double to) => Says("", from, to);

    /// <summary>Whether the user makes a sound at a time.</summary>
    public bool IsSpeaking(TimeSpan at)
    {
        for (var i = FirstAfter(at - _longest); i < _lines.Count && _lines[i].From <= at; i++)
        {
            if (at < _lines[i].To)
                return true;
        }

        return false;
    }

    /// <summary>The lines that began before a time and ended after another.</summary>
    internal IEnumerable<Line> Between(TimeSpan endedAfter, TimeSpan beganBefore)
    {
        for (var i = FirstAfter(endedAfter - _longest); i < _lines.Count && _lines[i].From < beganBefore; i++)
        {
            if (_lines[i].To > endedAfter)
                yield return _lines[i];
        }
    }

    // An hour has hundreds of lines and hundreds of thousands of frames: nobody looks through all of the ones for each of the others.
    private int FirstAfter(TimeSpan from)
    {
        var (low, high) = (0, _lines.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_lines[middle].From < from)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Something that the user says.</summary>
    /// <param name="Text">The words; empty for a sound without words.</param>
    /// <param name="From">When it begins.</param>
    /// <param name="To">When it ends.</param>
    public sealed record Line(string Text, TimeSpan From, TimeSpan To);
}
