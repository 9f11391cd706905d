using Agent.Pipeline.Concurrency;
using Agent.Providers.Audio;

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
    private readonly AsyncSignal _changed = new();
    private readonly SampleRing _ring = new(capacitySamples);
    private bool _isCompleted;
    private bool _isNudged;

    /// <summary>Samples dropped because the reader did not keep up.</summary>
    public long DroppedSamples
    {
        get
        {
            lock (_gate)
                return _ring.Dropped;
        }
    }

    /// <summary>Samples pushed so far.</summary>
    public long PushedSamples
    {
        get
        {
            lock (_gate)
                return _ring.Pushed;
        }
    }

    /// <summary>Where the samples that were read last begin, counted from the first that was pushed. For the reader.</summary>
    public long Position { get; private set; }

    /// <summary>Takes the next samples.</summary>
    public void Push(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            if (_isCompleted)
                return;
            _ring.Push(samples);
            if (_ring.Count < chunkSamples)
                return;
        }

        _changed.Set();
    }

    /// <summary>Marks the place after everything pushed so far, which is to be understood.</summary>
    public void Mark() => Add(OutboxItem.Mark);

    /// <summary>Marks the place at which a voice has been noticed.</summary>
    public void SpeechBegins() => Add(OutboxItem.SpeechBegins);

    /// <summary>Lets the reader come back once, with <see cref="OutboxItem.Idle"/> and before anything that waits: there is something else to be done.</summary>
    public void Nudge()
    {
        lock (_gate)
            _isNudged = true;
        _changed.Set();
    }

    /// <summary>Says that nothing more comes; what waits can still be read.</summary>
    public void Complete()
    {
        lock (_gate)
            _isCompleted = true;
        _changed.Set();
    }

    /// <summary>Waits for the next piece.</summary>
    /// <param name="buffer">Where samples go, at least one piece long.</param>
    /// <param name="idle">How long to wait; infinite for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What has come, and how many samples.</returns>
    public ValueTask<(OutboxItem Item, int Samples)> ReadAsync(Memory<short> buffer, TimeSpan idle, CancellationToken cancellationToken) =>
        TryRead(buffer.Span, out var samples) is { } item
            ? new ValueTask<(OutboxItem Item, int Samples)>((item, samples))
            : WaitAndReadAsync(buffer, idle, cancellationToken);

    private async ValueTask<(OutboxItem Item, int Samples)> WaitAndReadAsync(Memory<short> buffer, TimeSpan idle, CancellationToken cancellationToken)
    {
        while (await WaitAsync(idle, cancellationToken))
        {
            if (TryRead(buffer.Span, out var samples) is { } item)
                return (item, samples);
        }

        return (OutboxItem.Idle, 0);
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

            samples = 0;
            var count = _ring.CountToMark;
            if (count == 0)
                return _ring.TakeMark() ?? (_isCompleted ? OutboxItem.Completed : null);
            if (count < chunkSamples && !_ring.HasMarks && !_isCompleted)
                return null;
            Position = _ring.Position;
            samples = _ring.Take(buffer[..Math.Min(chunkSamples, buffer.Length)]);
            return OutboxItem.Audio;
        }
    }

    private void Add(OutboxItem mark)
    {
        lock (_gate)
        {
            if (_isCompleted)
                return;
            _ring.Mark(mark);
        }

        _changed.Set();
    }

    private async ValueTask<bool> WaitAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        if (idle == Timeout.InfiniteTimeSpan)
        {
            await _changed.WaitAsync(cancellationToken);
            return true;
        }

        using var patience = new CancellationTokenSource(idle, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await _changed.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
