namespace Agent.Pipeline.Playout;

/// <summary>Which words of an utterance have been heard at a position. Immutable; a better one replaces it as more becomes known.</summary>
internal sealed class WordTimeline
{
    internal static readonly WordTimeline Empty = new([], []);

    private readonly string[] _words;
    private readonly long[] _middles;

    /// <param name="words">The words, each with the space before it.</param>
    /// <param name="middles">The sample in the middle of each word, ascending.</param>
    internal WordTimeline(string[] words, long[] middles)
    {
        _words = words;
        _middles = middles;
    }

    internal int Count => _words.Length;

    /// <summary>The sample in the middle of a word.</summary>
    internal long MiddleOf(int word) => _middles[word];

    /// <summary>How many words have been heard: those of which half was played.</summary>
    internal int HeardAt(long position)
    {
        var index = Array.BinarySearch(_middles, position);
        if (index < 0)
            return ~index;
        while (index < _middles.Length && _middles[index] == position)
            index++;
        return index;
    }

    /// <summary>The words from one up to another, with the spaces between them.</summary>
    internal string Text(int from, int to) => from >= to ? "" : string.Concat(_words.AsSpan(from, to - from).ToArray());
}
