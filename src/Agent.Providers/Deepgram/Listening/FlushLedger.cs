using System.Runtime.InteropServices;

namespace Agent.Providers.Deepgram.Listening;

/// <summary>
/// Which flushes wait for an answer. The vendor's answers have no number, may stay away and may come late, so each is matched by the place in the audio
/// that it belongs to. Used by the sending and the reading loop and a timer; the caller writes results in between, so it locks.
/// </summary>
/// <param name="sampleRateHz">Samples per second of the stream.</param>
internal sealed class FlushLedger(int sampleRateHz)
{
    /// <summary>How far the vendor's account of its place may lag behind ours; an answer from further back is that of a flush that was given up.</summary>
    private static readonly TimeSpan s_lag = TimeSpan.FromSeconds(2);

    private readonly Queue<Entry> _waiting = new();
    private long _answered;

    /// <summary>Whether any waits.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>When the oldest that waits was sent.</summary>
    public long OldestSentAt => _waiting.Peek().SentAt;

    /// <summary>Notes a flush.</summary>
    /// <param name="position">Samples sent before it.</param>
    /// <param name="sentAt">When, as a timestamp.</param>
    /// <returns>Whether the vendor has to be asked; false where nothing was sent since the last answer.</returns>
    public bool Add(long position, long sentAt)
    {
        if (!IsWaiting && position == _answered)
            return false;
        _waiting.Enqueue(new Entry(position, sentAt));
        return true;
    }

    /// <summary>An answer has come.</summary>
    /// <param name="end">Up to where audio is dealt with; null where the vendor does not say, which answers one.</param>
    /// <returns>How many flushes it answers.</returns>
    public int Answer(TimeSpan? end)
    {
        if (!IsWaiting || (end is { } place && place + s_lag < TimeOf(_waiting.Peek().Position)))
            return 0;
        var count = 1;
        _answered = _waiting.Dequeue().Position;
        while (end is not null && IsWaiting && TimeOf(_waiting.Peek().Position) <= end)
        {
            _answered = _waiting.Dequeue().Position;
            count++;
        }

        return count;
    }

    /// <summary>The oldest will not be answered.</summary>
    public void GiveUp() => _waiting.Dequeue();

    private TimeSpan TimeOf(long samples) => TimeSpan.FromSeconds((double)samples / sampleRateHz);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(long Position, long SentAt);
}
