namespace Agent.WebRtc.Rtp;

/// <summary>The few packets of one source that are missed and worth asking for again (RFC 4585, section 6.2.1); allocates nothing while in use.</summary>
internal sealed class MissingPackets
{
    public const int Capacity = 64;
    private const int MaxTries = 4;
    private static readonly TimeSpan ReorderTolerance = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(40);
    private readonly Entry[] _entries = new Entry[Capacity];
    private int _count;
    private uint _ssrc;
    private ushort _highest;
    private bool _started;

    /// <summary>When <see cref="Collect"/> has something to say; null when nothing is missed.</summary>
    public TimeSpan? NextTimeout { get; private set; }

    public void Received(uint ssrc, ushort sequenceNumber, TimeSpan now)
    {
        var ahead = (short)(sequenceNumber - _highest);
        if (!_started || ssrc != _ssrc || ahead is > Capacity or < -Capacity)
        {
            // Another source, or so much is lost that only going on makes sense.
            _started = true;
            _ssrc = ssrc;
            _highest = sequenceNumber;
            _count = 0;
            NextTimeout = null;
            return;
        }

        if (ahead <= 0)
        {
            Remove(sequenceNumber);
            return;
        }

        for (var missed = (ushort)(_highest + 1); missed != sequenceNumber; missed++) Add(missed, now);
        _highest = sequenceNumber;
    }

    /// <summary>Writes the numbers that are to be asked for now, oldest first.</summary>
    /// <param name="destination">At least <see cref="Capacity"/> long.</param>
    /// <param name="now">The time.</param>
    /// <returns>How many.</returns>
    public int Collect(Span<ushort> destination, TimeSpan now)
    {
        var due = 0;
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            var entry = _entries[i];
            if (entry.DueAt <= now)
            {
                destination[due++] = entry.SequenceNumber;
                entry = entry with { Tries = entry.Tries + 1, DueAt = now + RetryInterval };
            }

            if (entry.Tries < MaxTries) _entries[kept++] = entry;
        }

        _count = kept;
        UpdateTimeout();
        return due;
    }

    private void Add(ushort sequenceNumber, TimeSpan now)
    {
        if (_count == Capacity) RemoveAt(0);
        _entries[_count++] = new Entry(sequenceNumber, 0, now + ReorderTolerance);
        UpdateTimeout();
    }

    private void Remove(ushort sequenceNumber)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_entries[i].SequenceNumber != sequenceNumber) continue;
            RemoveAt(i);
            UpdateTimeout();
            return;
        }
    }

    private void RemoveAt(int index)
    {
        _count--;
        Array.Copy(_entries, index + 1, _entries, index, _count - index);
    }

    private void UpdateTimeout()
    {
        NextTimeout = null;
        for (var i = 0; i < _count; i++)
        {
            if (NextTimeout is null || _entries[i].DueAt < NextTimeout) NextTimeout = _entries[i].DueAt;
        }
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Entry(ushort SequenceNumber, int Tries, TimeSpan DueAt);
}
