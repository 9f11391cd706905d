namespace Agent.Pipeline.Playout;

/// <summary>
/// Which words of an utterance have been heard at a position, and where words begin. Between places that are known, time is shared out by
/// the weight of the text. Immutable; a better one replaces it as more becomes known.
/// </summary>
internal sealed class WordTimeline
{
    internal static readonly WordTimeline Empty = new(new UtteranceText(), [], 0, 1);

    private readonly char[] _characters;
    private readonly int[] _characterEnds;
    private readonly double[] _voiceEnds;
    private readonly double[] _ends;
    private readonly WordAnchor[] _anchors;
    private readonly int _anchorCount;
    private readonly double _samplesEach;

    /// <param name="text">The words so far.</param>
    /// <param name="anchors">What is known, ascending in both; may be added to later.</param>
    /// <param name="anchorCount">How many of them count.</param>
    /// <param name="samplesEach">How many samples a syllable takes behind the last anchor.</param>
    internal WordTimeline(UtteranceText text, WordAnchor[] anchors, int anchorCount, double samplesEach)
    {
        _characters = text.Characters;
        _characterEnds = text.CharacterEnds;
        _voiceEnds = text.VoiceEnds;
        _ends = text.Ends;
        _anchors = anchors;
        _anchorCount = anchorCount;
        _samplesEach = samplesEach;
        Count = text.Count;
    }

    /// <summary>How many words there are; single characters where the script puts no spaces between words.</summary>
    internal int Count { get; }

    /// <summary>How many words have been heard: those of which half was played.</summary>
    internal int HeardAt(long position)
    {
        var weight = WeightAt(position + 0.5);
        var low = 0;
        for (var high = Count; low < high;)
        {
            var middle = (low + high) / 2;
            if ((Start(middle) + _voiceEnds[middle]) / 2 <= weight)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>
    /// The last place up to a position at which speech can be taken up again without cutting a word: the beginning of the word that is being
    /// said, or the position itself where none is.
    /// </summary>
    internal long BoundaryAt(long position)
    {
        var weight = WeightAt(position);
        var word = WordAt(weight);
        return word >= Count || weight >= _voiceEnds[word] ? position : Math.Min(position, StartOf(word));
    }

    /// <summary>The sample at which a word begins.</summary>
    internal long StartOf(int word) => (long)Math.Round(SampleAt(Start(word)));

    /// <summary>The words from one up to another, with the spaces between them.</summary>
    internal string Text(int from, int to)
    {
        if (from >= to)
            return "";
        var begin = from == 0 ? 0 : _characterEnds[from - 1];
        return new string(_characters, begin, _characterEnds[to - 1] - begin);
    }

    private double Start(int word) => word == 0 ? 0 : _ends[word - 1];

    /// <summary>The word, with the pause behind it, that a weight lies in.</summary>
    private int WordAt(double weight)
    {
        var index = Array.BinarySearch(_ends, 0, Count, weight);
        return index < 0 ? ~index : index + 1;
    }

    private double WeightAt(double position)
    {
        var next = 0;
        for (var high = _anchorCount; next < high;)
        {
            var middle = (next + high) / 2;
            if (_anchors[middle].Sample <= position)
                next = middle + 1;
            else
                high = middle;
        }

        var from = next == 0 ? default : _anchors[next - 1];
        if (next == _anchorCount)
            return _samplesEach > 0 ? from.Weight + ((position - from.Sample) / _samplesEach) : double.PositiveInfinity;
        var to = _anchors[next];
        return from.Weight + ((to.Weight - from.Weight) * (position - from.Sample) / (to.Sample - from.Sample));
    }

    /// <summary>The latest sample of a weight: behind the silence, where there is one.</summary>
    private double SampleAt(double weight)
    {
        var next = 0;
        for (var high = _anchorCount; next < high;)
        {
            var middle = (next + high) / 2;
            if (_anchors[middle].Weight <= weight)
                next = middle + 1;
            else
                high = middle;
        }

        var from = next == 0 ? default : _anchors[next - 1];
        if (next == _anchorCount)
            return from.Sample + ((weight - from.Weight) * _samplesEach);
        var to = _anchors[next];
        return from.Sample + ((to.Sample - from.Sample) * (weight - from.Weight) / (to.Weight - from.Weight));
    }
}
