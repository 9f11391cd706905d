using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>A text stream that we send piece by piece.</summary>
public sealed class TextStreamWriter : IAsyncDisposable
{
    private readonly OutgoingStream _stream;

    internal TextStreamWriter(Room room, FfiHandle handle, Native.Protocol.TextStreamInfo info)
    {
        _stream = new OutgoingStream(room, handle, "text stream");
        Info = TextStreamInfo.From(info);
    }

    /// <summary>What receivers know of the stream from its first packet.</summary>
    public TextStreamInfo Info { get; }

    /// <summary>Sends the next piece.</summary>
    /// <exception cref="ArgumentException">The text cuts a character in half.</exception>
    /// <exception cref="InvalidOperationException">The stream is closed.</exception>
    /// <exception cref="RoomException">The room is gone.</exception>
    public Task WriteAsync(string text, CancellationToken cancellationToken = default)
    {
        Guard.Text(text);
        return _stream.WriteAsync(
            (writer, id) => new FfiRequest { TextStreamWrite = new TextStreamWriterWriteRequest { WriterHandle = writer, Text = text, RequestAsyncId = id } },
            static answer => answer.TextStreamWriterWrite.Error,
            cancellationToken);
    }

    /// <summary>Ends the stream; a second call does nothing.</summary>
    /// <param name="attributes">What receivers learn at the end, in addition to the attributes at the start.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RoomException">The room is gone.</exception>
    public Task CloseAsync(IReadOnlyDictionary<string, string>? attributes = null, CancellationToken cancellationToken = default)
    {
        var close = new TextStreamWriterCloseRequest();
        if (attributes is not null)
        {
            Guard.Map(attributes);
            close.Attributes.Add(attributes.ToDictionary(StringComparer.Ordinal));
        }

        return _stream.CloseAsync(
            (writer, id) =>
            {
                (close.WriterHandle, close.RequestAsyncId) = (writer, id);
                return new FfiRequest { TextStreamClose = close };
            },
            static answer => answer.TextStreamWriterClose.Error,
            cancellationToken);
    }

    /// <summary>Ends the stream if it is still open and the room is there.</summary>
    public ValueTask DisposeAsync() => _stream.EndAsync(() => CloseAsync());
}
