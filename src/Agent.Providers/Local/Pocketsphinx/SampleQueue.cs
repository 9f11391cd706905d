namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>
/// Samples on their way from the audio loop to a decoding thread. The writer never waits: when the queue is full the oldest samples
/// are dropped and counted. The lock is held for the time of a copy, by two parties.
/// </summary>
internal sealed class SampleQueue(int capacity)
{
    private readonly object _lock = new();
    private readonly Queue<long> _flushes = new();
    private short[] _ring = new short[Math.Min(capacity, Decoder.SampleRateHz)];
    private long _written;
    private long _read;
    private long _dropped;
    private bool _closed;
    private TaskCompletionSource? _emptied;

    /// <summary>Samples dropped so far.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Write(ReadOnlySpan<short> samples)
    {
        lock (_lock)
        {
            if (_closed || samples.IsEmpty)
                return;
            if (samples.Length > capacity)
                Drop(ref samples);
            Grow((int)Math.Min(capacity, _written - _read + samples.Length));
            var excess = _written - _read + samples.Length - _ring.Length;
            if (excess > 0)
            {
                _read += excess;
                Interlocked.Add(ref _dropped, excess);
            }

            var at = (int)(_written % _ring.Length);
            var first = Math.Min(samples.Length, _ring.Length - at);
            samples[..first].CopyTo(_ring.AsSpan(at));
            samples[first..].CopyTo(_ring);
            _written += samples.Length;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Marks the place up to which a final result is wanted.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _flushes.Enqueue(_written);
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Ends when the reader has dealt with all that is here and comes back for more.</summary>
    public Task EmptiedAsync()
    {
        lock (_lock)
        {
            _emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Monitor.Pulse(_lock);
            return _emptied.Task;
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _emptied?.TrySetResult();
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Waits for the next samples or flush.</summary>
    /// <param name="destination">Filled from its beginning.</param>
    /// <param name="count">How many samples were copied.</param>
    /// <param name="position">The position of the first of them since the queue was made.</param>
    public SampleQueueEvent Read(Span<short> destination, out int count, out long position)
    {
        lock (_lock)
        {
            count = 0;
            while (true)
            {
                position = _read;
                if (_closed)
                    return SampleQueueEvent.Closed;
                if (_flushes.TryPeek(out var flush) && flush <= _read)
                {
                    _flushes.Dequeue();
                    return SampleQueueEvent.Flush;
                }

                var until = _flushes.Count > 0 ? Math.Min(flush, _written) : _written;
                count = (int)Math.Min(destination.Length, until - _read);
                if (count > 0)
                    break;
                _emptied?.TrySetResult();
                _emptied = null;
                Monitor.Wait(_lock);
            }

            var at = (int)(_read % _ring.Length);
            var first = Math.Min(count, _ring.Length - at);
            _ring.AsSpan(at, first).CopyTo(destination);
            _ring.AsSpan(0, count - first).CopyTo(destination[first..]);
            _read += count;
            return SampleQueueEvent.Samples;
        }
    }

    private void Drop(ref ReadOnlySpan<short> samples)
    {
        var excess = samples.Length - capacity;
        Interlocked.Add(ref _dropped, _written - _read + excess);
        _written += excess;
        _read = _written;
        samples = samples[excess..];
    }

    /// <summary>Starts small, because most streams never fall behind.</summary>
    private void Grow(int needed)
    {
        if (needed <= _ring.Length)
            return;
        var larger = new short[Math.Min(capacity, Math.Max(needed, 2 * _ring.Length))];
        for (var position = _read; position < _written; position++)
            larger[position % larger.Length] = _ring[position % _ring.Length];
        _ring = larger;
    }
}
