using Agent.Pipeline.Playout;
using Agent.Pipeline.Speech;

namespace Agent.Providers.Fallback;

/// <summary>
/// What of an utterance has become sound, whoever made it: the text written, the sound delivered at one rate, and from both the text that is still to be said.
/// Belongs to the reader, except for the text.
/// </summary>
internal sealed class SaidSpeech(int sampleRateHz)
{
    private static readonly TimeSpan s_rounding = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly List<string> _pieces = [];
    private readonly WordClock _words = new(sampleRateHz);
    private readonly Queue<WordTiming> _ahead = new();
    private int _ended;

    /// <summary>Samples delivered so far.</summary>
    internal long Length { get; private set; }

    /// <summary>How long the sound delivered so far is.</summary>
    internal TimeSpan Duration => TimeSpan.FromSeconds((double)Length / sampleRateHz);

    internal int SampleRateHz => sampleRateHz;

    /// <summary>How many pieces were written.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
                return _pieces.Count;
        }
    }

    /// <summary>Takes text. In pieces as they are written; a space belongs between them.</summary>
    internal void Write(string piece)
    {
        lock (_gate)
            _pieces.Add(piece);
        _words.Add($" {piece}");
    }

    /// <summary>A piece that was written.</summary>
    internal string Piece(int index)
    {
        lock (_gate)
            return _pieces[index];
    }

    /// <summary>Takes the times of words, counted from the beginning of the utterance; they count once their sound is there.</summary>
    internal void Expect(IEnumerable<WordTiming> words)
    {
        foreach (var word in words)
            _ahead.Enqueue(word);
    }

    /// <summary>Takes sound.</summary>
    /// <returns>The words that it completes.</returns>
    internal IReadOnlyList<WordTiming> Deliver(ReadOnlySpan<short> samples)
    {
        Length += samples.Length;
        var words = Take();
        _words.Add(words);
        _words.Update(samples);
        return words;
    }

    /// <summary>One more piece has been spoken to its end.</summary>
    internal void EndPiece()
    {
        _ended++;
        _words.EndPiece();
    }

    /// <summary>Gives up the one who spoke, and finds what is still to be said: from the first word of which less than half has become sound.</summary>
    /// <param name="next">The first piece of which nothing was said.</param>
    /// <param name="knowsPieces">Whether the end of each piece before was told, so that those of the next speaker count.</param>
    /// <returns>The rest of the piece before it; may be empty.</returns>
    internal string Rest(out int next, out bool knowsPieces)
    {
        _ahead.Clear();
        lock (_gate)
        {
            var left = 0;
            if (Length > 0)
            {
                _words.Update([]);
                var timeline = _words.Timeline;
                left = Letters(timeline.Text(timeline.HeardAt(Length), timeline.Count));
            }
            else
            {
                left = _pieces.Sum(Letters);
            }

            for (next = _pieces.Count; next > 0 && left >= Letters(_pieces[next - 1]); next--)
                left -= Letters(_pieces[next - 1]);
            knowsPieces = _ended == (left > 0 ? next - 1 : next);
            return left > 0 ? Tail(_pieces[next - 1], left) : "";
        }
    }

    private static int Letters(string text) => text.Count(c => !char.IsWhiteSpace(c));

    private static string Tail(string text, int letters)
    {
        var at = text.Length;
        while (letters > 0)
        {
            if (!char.IsWhiteSpace(text[--at]))
                letters--;
        }

        return text[at..];
    }

    private List<WordTiming> Take()
    {
        var taken = new List<WordTiming>();
        while (_ahead.TryPeek(out var word) && word.End <= Duration + s_rounding)
            taken.Add(_ahead.Dequeue());
        return taken;
    }
}
