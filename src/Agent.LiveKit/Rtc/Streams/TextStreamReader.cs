using System.Runtime.CompilerServices;
using System.Text;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>A text stream that somebody sends us. It can be read once, either piece by piece or as a whole.</summary>
public sealed class TextStreamReader : IDisposable
{
    private readonly StreamChunks _chunks;

    internal TextStreamReader(FfiClient client, FfiHandle handle, Native.Protocol.TextStreamInfo info)
    {
        _chunks = new StreamChunks(client, handle);
        Info = TextStreamInfo.From(info);
    }

    /// <summary>What is known from the first packet.</summary>
    public TextStreamInfo Info { get; }

    /// <summary>The text piece by piece, as it was written; a piece never cuts a character.</summary>
    /// <exception cref="RoomException">The stream broke off: its sender left, the room was left, or it is too long.</exception>
    /// <exception cref="InvalidOperationException">The stream was read before.</exception>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var events = _chunks.ReadAsync(
            id => new FfiRequest { TextReadIncremental = new TextStreamReaderReadIncrementalRequest { ReaderHandle = id } }, cancellationToken);
        await foreach (var message in events)
        {
            if (message.TextStreamReaderEvent is not { } part)
                throw RoomErrors.NativeFailed();
            if (part.ChunkReceived is { } chunk)
                yield return chunk.Content;
            else if (part.Eos is { Error: { } error })
                throw RoomErrors.StreamBroke(Info.Topic, error.Description);
            else if (part.Eos is not null)
                yield break;
        }
    }

    /// <summary>The whole text.</summary>
    /// <exception cref="RoomException">The stream broke off: its sender left, the room was left, or it is too long.</exception>
    /// <exception cref="InvalidOperationException">The stream was read before.</exception>
    public async Task<string> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder();
        await foreach (var piece in ReadAsync(cancellationToken))
            text.Append(piece);
        return text.ToString();
    }

    /// <summary>Stops receiving.</summary>
    public void Dispose() => _chunks.Dispose();

    internal void Fail(RoomException error) => _chunks.Fail(error);
}
