using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agent.Pipeline.Concurrency;
using Agent.Pipeline.Speech;

namespace Agent.Providers.Synthesizers;

/// <summary>
/// Sound on its way to its reader. Whoever makes it waits between two pieces while more lies unread than the read-ahead, so that an utterance which is never heard to
/// its end is not made to its end either. One writer, one reader.
/// </summary>
/// <param name="sampleRateHz">Samples per second.</param>
/// <param name="readAhead">How much may lie unread before the next piece is waited with.</param>
internal sealed class UnreadSound(int sampleRateHz, TimeSpan readAhead)
{
    private readonly Channel<SynthesizedAudio> _sound = Channel.CreateUnbounded<SynthesizedAudio>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly AsyncSignal _read = new();
    private readonly long _mostUnread = (long)(readAhead.TotalSeconds * sampleRateHz);
    private long _samples;
    private long _unread;

    /// <summary>Samples written so far.</summary>
    public long Samples => Interlocked.Read(ref _samples);

    /// <summary>How long everything written so far lasts.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks(Samples * TimeSpan.TicksPerSecond / sampleRateHz);

    /// <summary>Gives a piece to the reader; where nobody reads any more it is disposed of.</summary>
    public void Write(SynthesizedAudio piece)
    {
        var count = piece.Frame.Samples.Length;
        Interlocked.Add(ref _samples, count);
        Interlocked.Add(ref _unread, count);
        if (!_sound.Writer.TryWrite(piece))
            piece.Frame.Dispose();
    }

    /// <summary>Completes when there is room for the next piece.</summary>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        while (Interlocked.Read(ref _unread) > _mostUnread)
            await _read.WaitAsync(cancellationToken);
    }

    /// <summary>Everything has been spoken, or nothing more will be.</summary>
    /// <param name="failure">Why nothing more is spoken; the reader is told behind the last piece.</param>
    public void Complete(Exception? failure) => _sound.Writer.TryComplete(failure);

    public async IAsyncEnumerable<SynthesizedAudio> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _sound.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_sound.Reader.TryRead(out var piece))
            {
                Interlocked.Add(ref _unread, -piece.Frame.Samples.Length);
                _read.Set();
                yield return piece;
            }
        }
    }

    /// <summary>Disposes of what nobody will read.</summary>
    public void Discard()
    {
        while (_sound.Reader.TryRead(out var piece))
            piece.Frame.Dispose();
    }
}
