using Agent.Pipeline.Text;

namespace Agent.Pipeline.Playout;

/// <summary>
/// The text of an utterance as it grows, in units with the weight of each. Only ever added to, so that the arrays may be read up to
/// a count that was taken before. Belongs to one thread.
/// </summary>
internal sealed class UtteranceText
{
    private int _length;

    /// <summary>The characters of all units, each with the space before it.</summary>
    internal char[] Characters { get; private set; } = new char[256];

    /// <summary>Where each unit ends in <see cref="Characters"/>.</summary>
    internal int[] CharacterEnds { get; private set; } = new int[32];

    /// <summary>The weight of everything up to the end of each unit's voice, without the pause behind it.</summary>
    internal double[] VoiceEnds { get; private set; } = new double[32];

    /// <summary>The weight of everything up to the end of each unit and the pause behind it.</summary>
    internal double[] Ends { get; private set; } = new double[32];

    internal int Count { get; private set; }

    /// <summary>The weight of the whole text, in syllables.</summary>
    internal double Weight => Count == 0 ? 0 : Ends[Count - 1];

    /// <summary>The weight before a unit.</summary>
    internal double Start(int unit) => unit == 0 ? 0 : Ends[unit - 1];

    /// <summary>A unit with the space before it.</summary>
    internal ReadOnlySpan<char> Unit(int unit) => Characters.AsSpan((unit == 0 ? 0 : CharacterEnds[unit - 1])..CharacterEnds[unit]);

    /// <summary>Adds a clause. Where it brings no space to keep it from the text before, it gets one, unless neither side's script knows them.</summary>
    internal void Append(ReadOnlySpan<char> clause)
    {
        while (true)
        {
            var begin = 0;
            while (begin < clause.Length && char.IsWhiteSpace(clause[begin]))
                begin++;
            var end = begin;
            while (end < clause.Length && !char.IsWhiteSpace(clause[end]))
                end++;
            if (end == begin)
                return;
            var word = clause[begin..end];
            var space = _length > 0 && (begin > 0 || !IsUnspaced(Script.Last(Characters.AsSpan(0, _length)), Script.First(word)));
            while (!word.IsEmpty)
            {
                var length = SpokenUnit.Length(word);
                Add(word[..length], space);
                space = false;
                word = word[length..];
            }

            clause = clause[end..];
        }
    }

    private static bool IsUnspaced(System.Text.Rune left, System.Text.Rune right) =>
        (Script.IsUnspaced(left) || (left.IsBmp && Clause.IsFullWidth((char)left.Value))) && Script.IsUnspaced(right);

    private void Add(ReadOnlySpan<char> unit, bool space)
    {
        var needed = _length + unit.Length + 1;
        if (needed > Characters.Length)
            Characters = Grown(Characters, needed);
        if (Count == Ends.Length)
        {
            CharacterEnds = Grown(CharacterEnds, Count + 1);
            VoiceEnds = Grown(VoiceEnds, Count + 1);
            Ends = Grown(Ends, Count + 1);
        }

        if (space)
            Characters[_length++] = ' ';
        unit.CopyTo(Characters.AsSpan(_length));
        _length += unit.Length;
        CharacterEnds[Count] = _length;
        VoiceEnds[Count] = Weight + Syllables.Weigh(unit);
        Ends[Count] = VoiceEnds[Count] + Syllables.Pause(unit);
        Count++;
    }

    private static T[] Grown<T>(T[] array, int needed)
    {
        var grown = new T[Math.Max(needed, array.Length * 2)];
        array.CopyTo(grown, 0);
        return grown;
    }
}
