using Agent.Providers.Audio;
using Agent.Providers.Connections;

namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>
/// Samples on their way from the audio loop to a decoding thread. The writer never waits: when the queue is full the oldest samples
/// are dropped and counted. The lock is held for the time of a copy, by two parties.
/// </summary>
internal sealed class SampleQueue(int capacity)
{
    private readonly object _lock = new();
    private readonly SampleRing _ring = new(capacity);
    private bool _closed;
    private TaskCompletionSource? _emptied;

    /// <summary>Samples dropped so far.</summary>
    public long Dropped
    {
        get
        {
            lock (_lock)
                return _ring.Dropped;
        }
    }

    public void Write(ReadOnlySpan<short> samples)
    {
        lock (_lock)
        {
            if (_closed || samples.IsEmpty)
                return;
            _ring.Push(samples);
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
            _ring.Mark(OutboxItem.Mark);
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

    /// <summary>Waits for the next samples, flush, or end, which comes before everything else.</summary>
    /// <param name="destination">Filled from its beginning.</param>
    /// <param name="count">How many samples were copied.</param>
    /// <param name="position">The position of the first of them since the queue was made.</param>
    public OutboxItem Read(Span<short> destination, out int count, out long position)
    {
        lock (_lock)
        {
            while (true)
            {
                count = 0;
                position = _ring.Position;
                if (_closed)
                    return OutboxItem.Completed;
                if (_ring.TakeMark() is { } mark)
                    return mark;
                count = _ring.Take(destination);
                if (count > 0)
                    return OutboxItem.Audio;
                _emptied?.TrySetResult();
                _emptied = null;
                Monitor.Wait(_lock);
            }
        }
    }
}
