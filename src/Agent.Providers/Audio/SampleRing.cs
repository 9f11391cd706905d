using Agent.Providers.Connections;

namespace Agent.Providers.Audio;

/// <summary>
/// Samples and the marks between them, in their order. When it is full the oldest samples are dropped and counted, marks never. Guarded by its owner; allocates nothing
/// once it has grown to what is needed.
/// </summary>
/// <param name="capacity">How many samples may wait.</param>
internal sealed class SampleRing(int capacity)
{
    // Starts small, because most readers never fall behind.
    private const int FirstCapacity = 16_000;

    private readonly Queue<(long Position, OutboxItem Mark)> _marks = new();
    private short[] _ring = new short[Math.Min(capacity, FirstCapacity)];

    /// <summary>Samples pushed so far.</summary>
    public long Pushed { get; private set; }

    /// <summary>Samples dropped so far.</summary>
    public long Dropped { get; private set; }

    /// <summary>The position of the next sample that is taken; those that were dropped count.</summary>
    public long Position { get; private set; }

    /// <summary>Samples that wait.</summary>
    public int Count => (int)(Pushed - Position);

    /// <summary>Samples that wait before the first mark.</summary>
    public int CountToMark => (int)(_marks.TryPeek(out var first) ? Math.Max(first.Position - Position, 0) : Count);

    public bool HasMarks => _marks.Count > 0;

    /// <summary>Adds samples.</summary>
    public void Push(ReadOnlySpan<short> samples)
    {
        var skipped = Math.Max(0, samples.Length - capacity);
        var room = capacity - (samples.Length - skipped);
        var lost = skipped > 0 ? Count : Math.Max(0, Count - room);
        Position += lost + skipped;
        Pushed += skipped;
        Dropped += lost + skipped;
        samples = samples[skipped..];
        Grow(Count + samples.Length);
        var at = (int)(Pushed % _ring.Length);
        var first = Math.Min(samples.Length, _ring.Length - at);
        samples[..first].CopyTo(_ring.AsSpan(at));
        samples[first..].CopyTo(_ring);
        Pushed += samples.Length;
    }

    /// <summary>Marks the place after everything pushed so far.</summary>
    public void Mark(OutboxItem mark) => _marks.Enqueue((Pushed, mark));

    /// <summary>Takes the first mark if nothing waits before it.</summary>
    public OutboxItem? TakeMark() => CountToMark == 0 && _marks.TryDequeue(out var first) ? first.Mark : null;

    /// <summary>Takes samples, none from behind the first mark.</summary>
    /// <returns>How many.</returns>
    public int Take(Span<short> destination)
    {
        var count = Math.Min(CountToMark, destination.Length);
        var at = (int)(Position % _ring.Length);
        var first = Math.Min(count, _ring.Length - at);
        _ring.AsSpan(at, first).CopyTo(destination);
        _ring.AsSpan(0, count - first).CopyTo(destination[first..]);
        Position += count;
        return count;
    }

    private void Grow(int needed)
    {
        if (needed <= _ring.Length)
            return;
        var larger = new short[Math.Min(capacity, Math.Max(needed, 2 * _ring.Length))];
        for (var position = Position; position < Pushed; position++)
            larger[position % larger.Length] = _ring[position % _ring.Length];
        _ring = larger;
    }
}
