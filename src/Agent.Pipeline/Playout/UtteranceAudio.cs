using System.Buffers;
using Agent.Pipeline.Concurrency;

namespace Agent.Pipeline.Playout;

/// <summary>
/// The sound of one utterance between the synthesizer and playout: one writer, one reader, no lock. Holds at most <see cref="MaxAhead"/> seconds ahead
/// of the reader, in pooled pieces of one second; the writer waits for room.
/// </summary>
internal sealed class UtteranceAudio
{
    internal const int MaxAhead = 30;
    internal const int MaxBack = 1;

    // A write goes on to the end of its piece, and neither end of what is kept falls on the edge of one.
    private const int Pieces = MaxAhead + MaxBack + 2;

    private readonly short[]?[] _pieces = new short[Pieces][];
    private readonly int _pieceSamples;
    private readonly AsyncSignal _room = new();
    private readonly AsyncSignal _arrived;
    private long _written;
    private long _read;
    private long _heard;
    private bool _complete;
    private bool _abandoned;
    private int _owners = 2;

    /// <param name="sampleRateHz">Samples per second of everything written.</param>
    /// <param name="arrived">Is set whenever the reader may have something new.</param>
    internal UtteranceAudio(int sampleRateHz, AsyncSignal arrived)
    {
        _pieceSamples = sampleRateHz;
        _arrived = arrived;
    }

    /// <summary>Samples handed to the room so far; those that are said again do not count again.</summary>
    internal long Position => Volatile.Read(ref _heard);

    private long Cursor => Volatile.Read(ref _read);

    /// <summary>Samples written so far.</summary>
    internal long Length => Volatile.Read(ref _written);

    /// <summary>Whether less than a frame of 10 ms is left of what was written.</summary>
    internal bool IsDry => Length - Cursor < _pieceSamples / 100;

    /// <summary>Whether nothing more is written.</summary>
    internal bool IsComplete => Volatile.Read(ref _complete);

    /// <summary>Whether everything was written and read.</summary>
    internal bool IsPlayed => IsComplete && Cursor >= Length;

    /// <summary>Adds samples; waits while the reader is far behind. Does nothing once the reader has abandoned the utterance.</summary>
    internal async ValueTask WriteAsync(ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        while (!samples.IsEmpty && !Volatile.Read(ref _abandoned))
        {
            if (_written - Position >= (long)MaxAhead * _pieceSamples)
            {
                await _room.WaitAsync(cancellationToken);
                continue;
            }

            var offset = (int)(_written % _pieceSamples);
            ref var piece = ref _pieces[_written / _pieceSamples % Pieces];
            if (offset == 0 && piece is null)
                piece = ArrayPool<short>.Shared.Rent(_pieceSamples);
            var take = Math.Min(samples.Length, _pieceSamples - offset);
            samples.Span[..take].CopyTo(piece.AsSpan(offset));
            samples = samples[take..];
            Volatile.Write(ref _written, _written + take);
            _arrived.Set();
        }
    }

    /// <summary>Says that nothing more is written.</summary>
    internal void Complete()
    {
        Volatile.Write(ref _complete, true);
        _arrived.Set();
    }

    /// <summary>
    /// Copies the next samples without consuming them. A full frame, or the last of the utterance with silence behind it; nothing while
    /// the writer is behind.
    /// </summary>
    internal bool TryPeek(Span<short> frame)
    {
        // Completion is looked at first: what was written before it is then seen too.
        var complete = Volatile.Read(ref _complete);
        var available = Length - _read;
        if (available <= 0 || (available < frame.Length && !complete))
            return false;

        var count = (int)Math.Min(available, frame.Length);
        for (var done = 0; done < count;)
        {
            var offset = (int)((_read + done) % _pieceSamples);
            var take = Math.Min(count - done, _pieceSamples - offset);
            _pieces[(_read + done) / _pieceSamples % Pieces].AsSpan(offset, take).CopyTo(frame[done..]);
            done += take;
        }

        frame[count..].Clear();
        return true;
    }

    /// <summary>Consumes what the last <see cref="TryPeek"/> showed.</summary>
    internal void Advance(int samples)
    {
        Volatile.Write(ref _read, Math.Min(_read + samples, Length));
        Volatile.Write(ref _heard, Math.Max(_heard, _read));
        _room.Set();
    }

    /// <summary>Goes back, so that what was read is read again from a position on; at most <see cref="MaxBack"/> seconds. The reader's only.</summary>
    internal void Rewind(long position) =>
        Volatile.Write(ref _read, Math.Clamp(position, Math.Max(0, _heard - (long)MaxBack * _pieceSamples), _read));

    /// <summary>Says that nothing more is read; a writer that waits goes on.</summary>
    internal void Abandon()
    {
        Volatile.Write(ref _abandoned, true);
        _room.Set();
    }

    /// <summary>Takes part in the ownership, unless the memory was given back already.</summary>
    internal bool TryAcquire()
    {
        while (true)
        {
            var owners = Volatile.Read(ref _owners);
            if (owners == 0)
                return false;
            if (Interlocked.CompareExchange(ref _owners, owners + 1, owners) == owners)
                return true;
        }
    }

    /// <summary>An owner has finished with the utterance: the writer, whoever stopped it, or who acquired it. The last gives the memory back.</summary>
    internal void Release()
    {
        if (Interlocked.Decrement(ref _owners) != 0)
            return;
        for (var i = 0; i < Pieces; i++)
        {
            if (_pieces[i] is { } piece)
                ArrayPool<short>.Shared.Return(piece);
            _pieces[i] = null;
        }
    }
}
