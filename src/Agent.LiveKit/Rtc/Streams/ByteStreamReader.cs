using System.Runtime.CompilerServices;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>A byte stream that somebody sends us. It can be read once, either piece by piece or as a whole.</summary>
public sealed class ByteStreamReader : IDisposable
{
    private readonly StreamChunks _chunks;

    internal ByteStreamReader(FfiClient client, FfiHandle handle, Native.Protocol.ByteStreamInfo info)
    {
        _chunks = new StreamChunks(client, handle);
        Info = ByteStreamInfo.From(info);
    }

    /// <summary>What is known from the first packet.</summary>
    public ByteStreamInfo Info { get; }

    /// <summary>The bytes, packet by packet.</summary>
    /// <exception cref="RoomException">The stream broke off: its sender left, the room was left, or it is too long.</exception>
    /// <exception cref="InvalidOperationException">The stream was read before.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var events = _chunks.ReadAsync(
            id => new FfiRequest { ByteReadIncremental = new ByteStreamReaderReadIncrementalRequest { ReaderHandle = id } }, cancellationToken);
        await foreach (var message in events)
        {
            if (message.ByteStreamReaderEvent is not { } part)
                throw RoomErrors.NativeFailed();
            if (part.ChunkReceived is { } chunk)
                yield return chunk.Content.Memory;
            else if (part.Eos is { Error: { } error })
                throw RoomErrors.StreamBroke(Info.Topic, error.Description);
            else if (part.Eos is not null)
                yield break;
        }
    }

    /// <summary>The whole content.</summary>
    /// <exception cref="RoomException">The stream broke off: its sender left, the room was left, or it is too long.</exception>
    /// <exception cref="InvalidOperationException">The stream was read before.</exception>
    public async Task<byte[]> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        using var content = new MemoryStream();
        await foreach (var piece in ReadAsync(cancellationToken))
            content.Write(piece.Span);
        return content.ToArray();
    }

    /// <summary>Stops receiving.</summary>
    public void Dispose() => _chunks.Dispose();

    internal void Fail(RoomException error) => _chunks.Fail(error);
}
