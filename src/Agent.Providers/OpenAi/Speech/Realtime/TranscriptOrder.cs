using Agent.Pipeline.Speech;
using Agent.Providers.OpenAi.Speech.Segments;

namespace Agent.Providers.OpenAi.Speech.Realtime;

/// <summary>
/// Puts results in the order of the speech: the vendor transcribes segments side by side and promises no order between them. Segments are noted by
/// the loop that sends, their words by the loop that receives.
/// </summary>
/// <param name="sampleRateHz">Of the positions.</param>
/// <param name="language">The language asked for, which is told where the vendor tells none.</param>
/// <param name="write">Receives the results, under a lock.</param>
internal sealed class TranscriptOrder(int sampleRateHz, string? language, Action<Transcript> write)
{
    private readonly Lock _gate = new();
    private readonly TranscriptItems _items = new();
    private long _heard;

    /// <summary>Whether nothing is awaited and no segment is going on.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _items.IsEmpty;
        }
    }

    /// <summary>Whether the vendor owes an answer.</summary>
    public bool IsOwed
    {
        get
        {
            lock (_gate)
                return _items.HasCommitted;
        }
    }

    /// <summary>A segment begins; its first words may come before its end.</summary>
    public void Begin(long position)
    {
        lock (_gate)
            _items.Add(new TranscriptItem { Span = new SegmentSpan(position, position, position) });
    }

    /// <summary>So much has been sent.</summary>
    public void Hear(long position) => Interlocked.Exchange(ref _heard, position);

    /// <summary>The segment that is going on has been committed.</summary>
    public void Commit(SegmentSpan span, string commitId)
    {
        lock (_gate)
        {
            var item = _items.Open ?? _items.Add(new TranscriptItem());
            item.Span = span;
            item.CommitId = commitId;
            item.IsCommitted = true;
            Drain();
        }
    }

    /// <summary>The segment that is going on has been forgotten.</summary>
    public void Discard()
    {
        lock (_gate)
        {
            if (_items.Open is not { } item)
                return;
            _items.Forget(item);
            Drain();
        }
    }

    /// <summary>Everything so far is to be answered before one <see cref="TranscriptKind.Flushed"/>.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            _items.Add(new TranscriptItem { IsFlush = true });
            Drain();
        }
    }

    /// <summary>The vendor has found speech itself.</summary>
    public void OnSpeechStarted(string id, long position)
    {
        lock (_gate)
        {
            if (_items.Named(id) is null)
                _items.Add(new TranscriptItem { Id = id, Span = new SegmentSpan(position, position, position) });
        }
    }

    /// <summary>The vendor has found the end of speech itself.</summary>
    public void OnSpeechStopped(string id, long position)
    {
        lock (_gate)
        {
            if (_items.Named(id) is not { } item)
                return;
            item.Span = item.Span with { VoiceTo = position };
            item.EndsTurn = true;
        }
    }

    /// <summary>The vendor has taken a commit: ours, or its own at the end of speech that it found.</summary>
    public void OnCommitted(string id)
    {
        lock (_gate)
        {
            var item = _items.Named(id) ?? _items.Unacknowledged;
            if (item is null)
                return;
            item.Id = id;
            item.IsCommitted = true;
            item.IsAcknowledged = true;
        }
    }

    /// <summary>The vendor had nothing to commit.</summary>
    public void OnNothingToCommit(string? commitId)
    {
        lock (_gate)
        {
            if (_items.Committed(commitId) is { } item)
                _items.Remove(item);
            Drain();
        }
    }

    /// <summary>More words of a segment.</summary>
    public void OnDelta(string id, string delta)
    {
        lock (_gate)
        {
            _items.OfWords(id)?.Words.Append(delta);
            Drain();
        }
    }

    /// <summary>All words of a segment.</summary>
    public void OnCompleted(string id, string words, string? heardLanguage)
    {
        lock (_gate)
        {
            if (_items.OfWords(id) is not { } item)
                return;
            item.IsCommitted = true;
            item.Final = words.Trim();
            item.Language = heardLanguage;
            Drain();
        }
    }

    private void Drain()
    {
        while (_items.First is { } item)
        {
            if (item.Final is null && !item.IsFlush)
            {
                TellInterim(item);
                return;
            }

            _items.RemoveFirst();
            TellFinal(item);
        }
    }

    private void TellInterim(TranscriptItem item)
    {
        if (item.Words.Length == item.Told)
            return;
        item.Told = item.Words.Length;
        var words = item.Words.ToString().Trim();
        if (words.Length > 0)
            write(Result(item, TranscriptKind.Interim, words));
    }

    private void TellFinal(TranscriptItem item)
    {
        if (item.IsFlush)
            write(new Transcript { Kind = TranscriptKind.Flushed });
        else if (item.Final!.Length > 0)
            write(Result(item, TranscriptKind.Final, item.Final));
        if (item is { EndsTurn: true, Final.Length: > 0 })
            write(Result(item, TranscriptKind.EndOfTurn, item.Final));
    }

    private Transcript Result(TranscriptItem item, TranscriptKind kind, string words) => new()
    {
        Kind = kind,
        Text = words,
        Start = Time(item.Span.VoiceFrom),
        End = Time(item.IsCommitted ? Math.Max(item.Span.VoiceTo, item.Span.VoiceFrom) : Math.Max(item.Span.VoiceFrom, Interlocked.Read(ref _heard))),
        Language = item.Language ?? language,
    };

    private TimeSpan Time(long position) => TimeSpan.FromTicks(Math.Max(0, position) * TimeSpan.TicksPerSecond / sampleRateHz);
}
