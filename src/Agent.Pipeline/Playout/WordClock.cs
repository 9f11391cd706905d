using System.Collections.Concurrent;
using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Playout;

/// <summary>
/// Builds the timeline of an utterance from its text, from the times of words and pieces where the synthesizer gives them, and from the sound.
/// Text may come from one thread; everything else belongs to the thread that writes the audio. Readers see finished timelines only.
/// What is added costs its own length, not that of the utterance.
/// </summary>
internal sealed class WordClock
{
    // Quieter than -50 dB of full scale is not yet speech: what synthesizers put before the first word.
    private const int Audible = 100;

    // A voice is known well enough to replace the average one when this much of it was timed.
    private const double EnoughSyllables = 10;

    private readonly int _sampleRateHz;
    private readonly ConcurrentQueue<string> _pending = new();
    private readonly Queue<int> _pieceEnds = new();
    private readonly UtteranceText _text = new();
    private readonly TimingMatcher _matcher;
    private WordAnchor[] _anchors = new WordAnchor[16];
    private int _anchorCount;
    private long _length;
    private double _settled;
    private long _soundEnd;
    private bool _audible;
    private WordTimeline _timeline = WordTimeline.Empty;

    internal WordClock(int sampleRateHz)
    {
        _sampleRateHz = sampleRateHz;
        _matcher = new TimingMatcher(_text);
    }

    /// <summary>What is known now.</summary>
    internal WordTimeline Timeline => Volatile.Read(ref _timeline);

    private WordAnchor LastAnchor => _anchorCount == 0 ? default : _anchors[_anchorCount - 1];

    /// <summary>Adds a piece of text, before it goes to the synthesizer.</summary>
    internal void Add(string piece) => _pending.Enqueue(piece);

    /// <summary>Takes timings of words in their order; they need not be the words of the text one by one.</summary>
    internal void Add(IReadOnlyList<WordTiming> timings)
    {
        if (timings.Count == 0)
            return;
        TakeText();
        for (var i = 0; i < timings.Count; i++)
        {
            var timing = timings[i];
            if (!_matcher.TryMatch(timing.Text, out var from, out var to))
                continue;
            Anchor(new WordAnchor(from, timing.Start.TotalSeconds * _sampleRateHz));
            Anchor(new WordAnchor(to, timing.End.TotalSeconds * _sampleRateHz));
        }
    }

    /// <summary>Publishes a better timeline with more of the sound.</summary>
    internal void Update(ReadOnlySpan<short> samples)
    {
        if (!_audible && samples.IndexOfAnyExceptInRange((short)-Audible, (short)Audible) is var first and >= 0)
        {
            _audible = true;
            if (LastAnchor.Weight <= _settled)
                Anchor(new WordAnchor(_settled, _length + first));
        }

        if (samples.LastIndexOfAnyExceptInRange((short)-Audible, (short)Audible) is var last and >= 0)
            _soundEnd = _length + last + 1;
        Update(_length + samples.Length);
    }

    /// <summary>Publishes a better timeline.</summary>
    /// <param name="length">The audio's length so far, in samples; more may come.</param>
    internal void Update(long length)
    {
        _length = length;
        TakeText();
        Publish();
    }

    /// <summary>Publishes a better timeline, once the sound so far is that of one more whole piece of the text.</summary>
    internal void EndPiece()
    {
        TakeText();
        if (_pieceEnds.TryDequeue(out var words))
            AnchorEnd(words);
        Publish();
    }

    /// <summary>Publishes the final timeline of what was said so far: all of the text has become sound, and nothing that follows moves its words.</summary>
    /// <param name="length">The audio's length so far, in samples.</param>
    internal void Settle(long length)
    {
        _length = length;
        TakeText();

        // Times beyond the sound are wrong, and the words are over when it is. Readers may hold the anchors: they are replaced.
        if (LastAnchor.Sample > length)
            _anchors = Array.ConvertAll(_anchors, anchor => anchor with { Sample = Math.Min(anchor.Sample, length) });
        AnchorEnd(_text.Count);
        _settled = _text.Weight;
        _audible = false;
        _pieceEnds.Clear();
        _matcher.SkipToEnd();
        Publish();
    }

    private void Publish()
    {
        if (_text.Count > 0)
            Volatile.Write(ref _timeline, new WordTimeline(_text, _anchors, _anchorCount, SamplesEach()));
    }

    private double SamplesEach()
    {
        var usual = Syllables.SecondsEach * _sampleRateHz;
        var from = LastAnchor;
        if (_anchorCount > 1 && from.Weight - _anchors[0].Weight > EnoughSyllables)
            usual = (from.Sample - _anchors[0].Sample) / (from.Weight - _anchors[0].Weight);

        // The rest of the text takes at least as long as the sound that is there for it.
        var rest = _text.Weight - from.Weight;
        return rest > 0 ? Math.Max(usual, (_length - from.Sample) / rest) : usual;
    }

    private void TakeText()
    {
        while (_pending.TryDequeue(out var piece))
        {
            _text.Append(piece);
            _pieceEnds.Enqueue(_text.Count);
        }
    }

    /// <summary>Says that the sound so far is that of so many words: the last of them ends where the sound does, and silence is the pause behind it.</summary>
    private void AnchorEnd(int words)
    {
        if (words > 0 && _soundEnd > LastAnchor.Sample)
            Anchor(new WordAnchor(_text.VoiceEnds[words - 1], _soundEnd));
        Anchor(new WordAnchor(_text.Start(words), _length));
    }

    /// <summary>Adds what is known, so that neither text nor time runs backwards.</summary>
    private void Anchor(WordAnchor anchor)
    {
        var last = LastAnchor;
        anchor = new WordAnchor(Math.Max(anchor.Weight, last.Weight), Math.Max(anchor.Sample, last.Sample));
        if (_anchorCount > 0 && anchor == last)
            return;
        if (_anchorCount == _anchors.Length)
            Array.Resize(ref _anchors, _anchorCount * 2);
        _anchors[_anchorCount++] = anchor;
    }
}
