using System.Threading.Channels;

namespace Agent.Providers.OpenAi.Speech.Segments;

/// <summary>
/// Samples and what was told about them, in their order, between whoever pushes and the one loop that reads. Never blocks: a full feed drops its
/// oldest samples and counts them; what was told is never dropped.
/// </summary>
internal sealed class SpeechFeed(int capacitySamples)
{
    private readonly Lock _gate = new();
    private readonly Channel<byte> _written = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly short[] _samples = new short[capacitySamples];
    private readonly Queue<(long Position, FeedItem Item)> _told = new();
    private long _read;
    private long _pushed;

    /// <summary>Samples dropped because the reader did not keep up.</summary>
    public long Dropped { get; private set; }

    public void Push(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            var skipped = Math.Max(0, samples.Length - _samples.Length);
            _pushed += skipped;
            var rest = samples[skipped..];
            while (!rest.IsEmpty)
            {
                var at = (int)(_pushed % _samples.Length);
                var count = Math.Min(rest.Length, _samples.Length - at);
                rest[..count].CopyTo(_samples.AsSpan(at));
                rest = rest[count..];
                _pushed += count;
            }

            var lost = _pushed - _samples.Length - _read;
            if (lost > 0)
            {
                _read += lost;
                Dropped += lost;
            }
        }

        _written.Writer.TryWrite(0);
    }

    /// <summary>Notes something about what was pushed so far.</summary>
    public void Tell(FeedItem item)
    {
        lock (_gate)
            _told.Enqueue((_pushed, item));
        _written.Writer.TryWrite(0);
    }

    /// <summary>Takes what comes next.</summary>
    /// <param name="into">Receives samples.</param>
    /// <param name="count">Samples received.</param>
    /// <param name="position">The position of the first sample received.</param>
    public FeedItem Read(Span<short> into, out int count, out long position)
    {
        lock (_gate)
        {
            count = 0;
            position = _read;
            var end = _pushed;
            if (_told.TryPeek(out var told))
            {
                if (told.Position <= _read)
                    return _told.Dequeue().Item;
                end = told.Position;
            }

            count = (int)Math.Min(end - _read, into.Length);
            if (count == 0)
                return FeedItem.Nothing;
            var at = (int)(_read % _samples.Length);
            var first = Math.Min(count, _samples.Length - at);
            _samples.AsSpan(at, first).CopyTo(into);
            _samples.AsSpan(0, count - first).CopyTo(into[first..]);
            _read += count;
            return FeedItem.Samples;
        }
    }

    /// <summary>Completes when there may be something to read.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        await _written.Reader.WaitToReadAsync(cancellationToken);
        _written.Reader.TryRead(out _);
    }
}
