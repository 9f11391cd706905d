using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;
using Google.Protobuf;

namespace Agent.LiveKit.Rtc;

/// <summary>A byte stream that we send piece by piece.</summary>
public sealed class ByteStreamWriter : IAsyncDisposable
{
    private readonly OutgoingStream _stream;

    internal ByteStreamWriter(Room room, FfiHandle handle, Native.Protocol.ByteStreamInfo info)
    {
        _stream = new OutgoingStream(room, handle, "byte stream");
        Info = ByteStreamInfo.From(info);
    }

    /// <summary>What receivers know of the stream from its first packet.</summary>
    public ByteStreamInfo Info { get; }

    /// <summary>Sends the next piece.</summary>
    /// <exception cref="InvalidOperationException">The stream is closed.</exception>
    /// <exception cref="RoomException">The room is gone.</exception>
    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        return _stream.WriteAsync(
            (writer, id) => new FfiRequest { ByteStreamWrite = new ByteStreamWriterWriteRequest { WriterHandle = writer, Bytes = ByteString.CopyFrom(bytes.Span), RequestAsyncId = id } },
            static answer => answer.ByteStreamWriterWrite.Error,
            cancellationToken);
    }

    /// <summary>Ends the stream; a second call does nothing.</summary>
    /// <param name="attributes">What receivers learn at the end, in addition to the attributes at the start.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RoomException">The room is gone.</exception>
    public Task CloseAsync(IReadOnlyDictionary<string, string>? attributes = null, CancellationToken cancellationToken = default)
    {
        var close = new ByteStreamWriterCloseRequest();
        if (attributes is not null)
        {
            Guard.Map(attributes);
            close.Attributes.Add(attributes.ToDictionary(StringComparer.Ordinal));
        }

        return _stream.CloseAsync(
            (writer, id) =>
            {
                (close.WriterHandle, close.RequestAsyncId) = (writer, id);
                return new FfiRequest { ByteStreamClose = close };
            },
            static answer => answer.ByteStreamWriterClose.Error,
            cancellationToken);
    }

    /// <summary>Ends the stream if it is still open and the room is there.</summary>
    public ValueTask DisposeAsync() => _stream.EndAsync(() => CloseAsync());
}
