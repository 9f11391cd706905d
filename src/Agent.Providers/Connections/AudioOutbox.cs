using System.Threading.Channels;

namespace Agent.Providers.Connections;

/// <summary>
/// One participant's audio on its way to a recogniser's connection: pushed without ever waiting, read in pieces of the size that the vendor likes, with marks that
/// keep their place in it. When the reader does not keep up the oldest samples are dropped and counted. One reader, any number of writers.
/// </summary>
/// <param name="capacitySamples">How many samples may wait.</param>
/// <param name="chunkSamples">How many samples one piece has, unless a mark or the end comes before.</param>
/// <param name="time">The clock.</param>
internal sealed class AudioOutbox(int capacitySamples, int chunkSamples, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly short[] _ring = new short[capacitySamples];
    private readonly Queue<long> _marks = new();
    private long _written;
    private long _read;
    private long _dropped;
    private bool _isCompleted;
    private bool _isNudged;

    /// <summary>Samples dropped because the reader did not keep up.</summary>
    public long DroppedSamples => Interlocked.Read(ref _dropped);

    /// <summary>Samples pushed so far.</summary>
    public long PushedSamples
    {
        get
        {
            lock (_gate)
                return _written;
        }
    }

    /// <summary>Takes the next samples.</summary>
    public void Push(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            if (_isCompleted)
                return;
            var skipped = Math.Max(0, samples.Length - _ring.Length);
            _written += skipped;
            samples = samples[skipped..];
            var at = (int)(_written % _ring.Length);
            var first = Math.Min(samples.Length, _ring.Length - at);
            samples[..first].CopyTo(_ring.AsSpan(at));
            samples[first..].CopyTo(_ring);
            _written += samples.Length;
            if (_written - _read > _ring.Length)
            {
                Interlocked.Add(ref _dropped, _written - _ring.Length - _read);
                _read = _written - _ring.Length;
            }

            if (_written - _read < chunkSamples)
                return;
        }

        Wake();
    }

    /// <summary>Marks the place after everything pushed so far.</summary>
    public void Mark()
    {
        lock (_gate)
        {
            if (_isCompleted)
                return;
            _marks.Enqueue(_written);
        }

        Wake();
    }

    /// <summary>Lets the reader come back once, with <see cref="OutboxItem.Idle"/> and before anything that waits: there is something else to be done.</summary>
    public void Nudge()
    {
        lock (_gate)
            _isNudged = true;
        Wake();
    }

    /// <summary>Says that nothing more comes; what waits can still be read.</summary>
    public void Complete()
    {
        lock (_gate)
            _isCompleted = true;
        Wake();
    }

    /// <summary>Waits for the next piece.</summary>
    /// <param name="buffer">Where samples go, at least one piece long.</param>
    /// <param name="idle">How long to wait; infinite for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What has come, and how many samples.</returns>
    public async ValueTask<(OutboxItem Item, int Samples)> ReadAsync(Memory<short> buffer, TimeSpan idle, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryRead(buffer.Span, out var samples) is { } item)
                return (item, samples);
            if (!await WaitAsync(idle, cancellationToken))
                return (OutboxItem.Idle, 0);
        }
    }

    private OutboxItem? TryRead(Span<short> buffer, out int samples)
    {
        lock (_gate)
        {
            if (_isNudged)
            {
                (_isNudged, samples) = (false, 0);
                return OutboxItem.Idle;
            }

            var limit = _marks.TryPeek(out var mark) ? Math.Max(mark, _read) : _written;
            var count = (int)Math.Min(limit - _read, buffer.Length);
            samples = count;
            if (count == 0 && _marks.TryDequeue(out _))
                return OutboxItem.Mark;
            if (count == 0 && _isCompleted)
                return OutboxItem.Completed;
            if (count == 0 || (count < chunkSamples && _marks.Count == 0 && !_isCompleted))
                return null;
            if (count > chunkSamples)
                samples = count = chunkSamples;
            var at = (int)(_read % _ring.Length);
            var first = Math.Min(count, _ring.Length - at);
            _ring.AsSpan(at, first).CopyTo(buffer);
            _ring.AsSpan(0, count - first).CopyTo(buffer[first..]);
            _read += count;
            return OutboxItem.Audio;
        }
    }

    private async ValueTask<bool> WaitAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        if (idle == Timeout.InfiniteTimeSpan)
        {
            await _changed.Reader.ReadAsync(cancellationToken);
            return true;
        }

        using var patience = new CancellationTokenSource(idle, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await _changed.Reader.ReadAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Wake() => _changed.Writer.TryWrite(item: true);
}
