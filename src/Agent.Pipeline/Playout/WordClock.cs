using System.Collections.Concurrent;
using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Playout;

/// <summary>
/// Builds the timeline of an utterance from its text, from word timings where the synthesizer gives them, and from the audio's length.
/// Text may come from one thread; everything else belongs to the thread that writes the audio. Readers see finished timelines only.
/// </summary>
internal sealed class WordClock
{
    private readonly int _sampleRateHz;
    private readonly ConcurrentQueue<string> _pending = new();
    private readonly List<string> _words = [];
    private readonly List<double> _weights = [];
    private readonly List<WordTiming> _timings = [];
    private WordTimeline _timeline = WordTimeline.Empty;

    internal WordClock(int sampleRateHz) => _sampleRateHz = sampleRateHz;

    /// <summary>What is known now.</summary>
    internal WordTimeline Timeline => Volatile.Read(ref _timeline);

    /// <summary>Adds a clause, before it goes to the synthesizer.</summary>
    internal void Add(string clause) => _pending.Enqueue(clause);

    /// <summary>Takes timings of the words in their order.</summary>
    internal void Add(IReadOnlyList<WordTiming> timings)
    {
        for (var i = 0; i < timings.Count; i++)
            _timings.Add(timings[i]);
    }

    /// <summary>Publishes a better timeline.</summary>
    /// <param name="length">The audio's length so far, in samples.</param>
    /// <param name="complete">Whether that is all there will be.</param>
    internal void Update(long length, bool complete)
    {
        while (_pending.TryDequeue(out var clause))
            Split(clause);
        if (_words.Count == 0)
            return;

        var middles = new long[_words.Count];
        var known = Math.Min(_timings.Count, _words.Count);
        for (var i = 0; i < known; i++)
            middles[i] = (long)((_timings[i].Start + _timings[i].End).TotalSeconds / 2 * _sampleRateHz);
        Estimate(middles, known, length, complete);
        for (var i = 1; i < middles.Length; i++)
            middles[i] = Math.Max(middles[i], middles[i - 1]);
        Volatile.Write(ref _timeline, new WordTimeline([.. _words], middles));
    }

    /// <summary>All text so far has become sound, and nothing that follows may move its words.</summary>
    /// <param name="length">The audio's length so far, in samples.</param>
    internal void Settle(long length)
    {
        Update(length, complete: true);
        var end = TimeSpan.FromSeconds((double)length / _sampleRateHz);
        for (var i = _timings.Count; i < _words.Count; i++)
        {
            var middle = TimeSpan.FromSeconds((double)Timeline.MiddleOf(i) / _sampleRateHz);
            _timings.Add(i < _words.Count - 1 ? new WordTiming(_words[i], middle, middle) : new WordTiming(_words[i], middle + middle - end, end));
        }
    }

    private void Estimate(long[] middles, int known, long length, bool complete)
    {
        var start = known == 0 ? 0 : (long)(_timings[known - 1].End.TotalSeconds * _sampleRateHz);
        var weight = 0.0;
        for (var i = known; i < _weights.Count; i++)
            weight += _weights[i];
        if (weight <= 0)
            return;

        // The whole text takes at least as long as the sound that is there; once the sound is complete it takes exactly that long.
        var samplesEach = Syllables.SecondsEach * _sampleRateHz;
        var actual = (length - start) / weight;
        if (complete || actual > samplesEach)
            samplesEach = Math.Max(0, actual);
        var at = (double)start;
        for (var i = known; i < middles.Length; i++)
        {
            var duration = _weights[i] * samplesEach;
            middles[i] = (long)(at + duration / 2);
            at += duration;
        }
    }

    private void Split(string clause)
    {
        var text = clause.AsSpan();
        while (!text.IsEmpty)
        {
            var begin = 0;
            while (begin < text.Length && char.IsWhiteSpace(text[begin]))
                begin++;
            var end = begin;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            if (end == begin)
                return;
            var word = text[begin..end];
            _words.Add(_words.Count == 0 ? word.ToString() : string.Concat(" ", word));
            _weights.Add(Syllables.Weigh(word));
            text = text[end..];
        }
    }
}
