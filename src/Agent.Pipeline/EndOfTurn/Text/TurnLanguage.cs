using System.Collections.Frozen;
using System.Globalization;

namespace Agent.Pipeline.EndOfTurn.Text;

/// <summary>All that is known about the turns of one language. Immutable.</summary>
internal sealed class TurnLanguage
{
    private const int ShortestInflected = 5;

    private readonly FrozenDictionary<string, WordClass>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly FrozenDictionary<string, TurnPhrase[]>.AlternateLookup<ReadOnlySpan<char>> _phrases;
    private readonly double[] _weights;
    private readonly IReadOnlyDictionary<PhraseKind, NumberLengths> _lengths;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _values;
    private readonly string[][] _echoes;
    private readonly string[] _verbEndings;

    internal TurnLanguage(
        IReadOnlyDictionary<string, WordClass> words,
        IEnumerable<TurnPhrase> phrases,
        double[] weights,
        IReadOnlyDictionary<PhraseKind, NumberLengths> lengths,
        IReadOnlyDictionary<string, int> values,
        string[][] echoes,
        string[] verbEndings)
    {
        _words = words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        _phrases = phrases
            .GroupBy(phrase => phrase.Words[^1], StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _weights = weights;
        _lengths = lengths;
        _values = values.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        _echoes = echoes;
        _verbEndings = verbEndings;
    }

    internal double Weight(TurnCue cue) => _weights[(int)cue];

    internal WordClass Classify(ReadOnlySpan<char> word)
    {
        if (_words.TryGetValue(word, out var known))
            return known;

        // "ummm": a drawn-out sound.
        var core = word.TrimEnd(word[^1]);
        if (word.Length - core.Length >= 2 && _words.TryGetValue(word[..(core.Length + 1)], out var drawn) && (drawn & WordClass.Filler) != WordClass.None)
            return WordClass.Filler;
        return word.Length >= ShortestInflected && EndsLikeVerb(word) ? WordClass.Verb : WordClass.None;
    }

    /// <summary>How many figures a number of a kind has; null where it may be any.</summary>
    internal NumberLengths? Lengths(PhraseKind kind) => _lengths.GetValueOrDefault(kind);

    /// <summary>What a number word or a figure is worth; null for other words.</summary>
    internal int? Value(ReadOnlySpan<char> word) =>
        _values.TryGetValue(word, out var value) || int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out value) ? value : null;

    /// <summary>Whether the second verb can answer a question with the first: "Do you?" "I did."</summary>
    internal bool Echo(ReadOnlySpan<char> question, ReadOnlySpan<char> answer)
    {
        foreach (var group in _echoes)
        {
            if (Contains(group, question) && Contains(group, answer))
                return true;
        }

        return false;
    }

    internal PhraseKind PhrasesEndingAt(ReadOnlySpan<char> text, ReadOnlySpan<SpokenWord> words, int last)
    {
        var kinds = PhraseKind.None;
        if (!_phrases.TryGetValue(text.Slice(words[last].Start, words[last].Length), out var candidates))
            return kinds;
        foreach (var phrase in candidates)
        {
            if (phrase.Matches(text, words, last))
                kinds |= phrase.Kind;
        }

        return kinds;
    }

    private bool EndsLikeVerb(ReadOnlySpan<char> word)
    {
        foreach (var ending in _verbEndings)
        {
            if (word.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool Contains(string[] group, ReadOnlySpan<char> word)
    {
        foreach (var each in group)
        {
            if (word.Equals(each, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
