using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Agent.Providers.Connections;
using Agent.Providers.OpenAi.Wire;

namespace Agent.Providers.OpenAi.Realtime;

/// <summary>
/// Commands and sound on their way to the vendor, in the order in which they were given. Commands are never dropped; sound that the connection does not take for
/// <see cref="MaxAudio"/> is, and is counted. Any number of writers, one sender.
/// </summary>
internal sealed class Outbox
{
    private const int PieceSamples = OpenAiRealtimeModel.SampleRateHz / 25;

    private readonly Channel<(byte[] Bytes, int Count, int Samples)> _messages = Channel.CreateUnbounded<(byte[], int, int)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _bytes = new(8 * 1024);
    private readonly short[] _piece = new short[PieceSamples];
    private int _gathered;
    private long _waitingSamples;
    private long _droppedSamples;

    /// <summary>The most sound that waits; a turn that is heard again by a new connection fits in.</summary>
    public static TimeSpan MaxAudio { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How much sound was dropped.</summary>
    public TimeSpan Dropped => TimeSpan.FromSeconds((double)Interlocked.Read(ref _droppedSamples) / OpenAiRealtimeModel.SampleRateHz);

    /// <summary>Adds sound; less than 40 ms wait for more, or for the next command.</summary>
    public void Push(ReadOnlySpan<short> samples)
    {
        lock (_gate)
        {
            while (!samples.IsEmpty)
            {
                var count = Math.Min(PieceSamples - _gathered, samples.Length);
                samples[..count].CopyTo(_piece.AsSpan(_gathered));
                samples = samples[count..];
                _gathered += count;
                if (_gathered == PieceSamples)
                    EndPiece();
            }
        }
    }

    /// <summary>Adds a command behind everything so far.</summary>
    public void Add<T>(T command, JsonTypeInfo<T> type)
    {
        lock (_gate)
        {
            EndPiece();
            using (var json = new Utf8JsonWriter(_bytes))
                JsonSerializer.Serialize(json, command, type);
            Queue(samples: 0);
        }
    }

    public void Complete() => _messages.Writer.TryComplete();

    /// <summary>Sends what there is, as it comes, until completed.</summary>
    public async Task SendAsync(VendorSocket socket, CancellationToken cancellationToken)
    {
        await foreach (var (bytes, count, samples) in _messages.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await socket.SendTextAsync(bytes.AsMemory(0, count), cancellationToken);
            }
            finally
            {
                Interlocked.Add(ref _waitingSamples, -samples);
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }
    }

    private void EndPiece()
    {
        if (_gathered == 0)
            return;
        var count = _gathered;
        _gathered = 0;
        if (Interlocked.Read(ref _waitingSamples) + count > MaxAudio.TotalSeconds * OpenAiRealtimeModel.SampleRateHz)
        {
            Interlocked.Add(ref _droppedSamples, count);
            return;
        }

        AudioAppend.Write(_piece.AsSpan(0, count), _bytes);
        Queue(count);
    }

    private void Queue(int samples)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(_bytes.WrittenCount);
        _bytes.WrittenSpan.CopyTo(bytes);
        var count = _bytes.WrittenCount;
        _bytes.ResetWrittenCount();
        Interlocked.Add(ref _waitingSamples, samples);
        if (!_messages.Writer.TryWrite((bytes, count, samples)))
            ArrayPool<byte>.Shared.Return(bytes);
    }
}
