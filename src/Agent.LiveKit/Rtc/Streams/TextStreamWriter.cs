using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>A text stream that we send piece by piece.</summary>
public sealed class TextStreamWriter : IAsyncDisposable
{
    private readonly Room _room;
    private readonly FfiHandle _handle;

    // The native library starts each write as a task of its own: two at a time could change places.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _isClosed;

    internal TextStreamWriter(Room room, FfiHandle handle, Native.Protocol.TextStreamInfo info)
    {
        _room = room;
        _handle = handle;
        Info = TextStreamInfo.From(info);
    }

    /// <summary>What receivers know of the stream from its first packet.</summary>
    public TextStreamInfo Info { get; }

    /// <summary>Sends the next piece.</summary>
    /// <exception cref="ArgumentException">The text cuts a character in half.</exception>
    /// <exception cref="InvalidOperationException">The stream is closed.</exception>
    /// <exception cref="RoomException">The room is gone.</exception>
    public async Task WriteAsync(string text, CancellationToken cancellationToken = default)
    {
        Guard.Text(text);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_isClosed)
                throw new InvalidOperationException("The text stream is closed.");
            var answer = await _room.CallAsync(
                _handle,
                id => new FfiRequest { TextStreamWrite = new TextStreamWriterWriteRequest { WriterHandle = _handle.Id, Text = text, RequestAsyncId = id } },
                cancellationToken);
            if (answer.TextStreamWriterWrite.Error is { } error)
                throw RoomErrors.Refused("write to a text stream", error.Description);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the stream; a second call does nothing.</summary>
    /// <param name="attributes">What receivers learn at the end, in addition to the attributes at the start.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RoomException">The room is gone.</exception>
    public async Task CloseAsync(IReadOnlyDictionary<string, string>? attributes = null, CancellationToken cancellationToken = default)
    {
        if (attributes is not null)
            Guard.Map(attributes);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_isClosed)
                return;
            _isClosed = true;
            var close = new TextStreamWriterCloseRequest { WriterHandle = _handle.Id };
            foreach (var (key, value) in attributes ?? new Dictionary<string, string>(StringComparer.Ordinal))
                close.Attributes[key] = value;
            var answer = await _room.CallAsync(
                _handle,
                id =>
                {
                    close.RequestAsyncId = id;
                    return new FfiRequest { TextStreamClose = close };
                },
                cancellationToken,
                consumes: true);
            if (answer.TextStreamWriterClose.Error is { } error)
                throw RoomErrors.Refused("close a text stream", error.Description);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the stream if it is still open and the room is there.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_isClosed && !_room.IsClosed)
                await CloseAsync();
        }
        catch (RoomException) when (_room.IsClosed)
        {
            // The room was left meanwhile, and the stream with it.
        }
        finally
        {
            _handle.Dispose();
        }
    }
}
