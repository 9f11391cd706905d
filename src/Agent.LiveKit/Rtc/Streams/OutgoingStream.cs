using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>A stream that we send piece by piece, whatever is in it: one piece at a time, closed once, gone with the room.</summary>
internal sealed class OutgoingStream : IDisposable
{
    private readonly Room _room;
    private readonly FfiHandle _handle;
    private readonly string _kind;

    // The native library starts each write as a task of its own: two at a time could change places.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _isClosed;

    /// <param name="room">Where it goes.</param>
    /// <param name="handle">The native writer; owned from now on.</param>
    /// <param name="kind">What it is called in errors, such as "text stream".</param>
    internal OutgoingStream(Room room, FfiHandle handle, string kind)
    {
        _room = room;
        _handle = handle;
        _kind = kind;
    }

    /// <summary>Sends the next piece.</summary>
    /// <param name="request">Makes the request for the given writer and identifier.</param>
    /// <param name="errorOf">Reads the refusal off the answer; null where it was accepted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task WriteAsync(Func<ulong, ulong, FfiRequest> request, Func<FfiEvent, StreamError?> errorOf, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_isClosed)
                throw new InvalidOperationException($"The {_kind} is closed.");
            var answer = await _room.CallAsync(_handle, id => request(_handle.Id, id), cancellationToken);
            if (errorOf(answer) is { } error)
                throw RoomErrors.Refused($"write to a {_kind}", error.Description);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the stream; a second call does nothing.</summary>
    internal async Task CloseAsync(Func<ulong, ulong, FfiRequest> request, Func<FfiEvent, StreamError?> errorOf, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_isClosed)
                return;
            _isClosed = true;
            var answer = await _room.CallAsync(_handle, id => request(_handle.Id, id), cancellationToken, consumes: true);
            if (errorOf(answer) is { } error)
                throw RoomErrors.Refused($"close a {_kind}", error.Description);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the stream if it is still open and the room is there.</summary>
    internal async ValueTask EndAsync(Func<Task> close)
    {
        try
        {
            if (!_isClosed && !_room.IsClosed)
                await close();
        }
        catch (RoomException) when (_room.IsClosed)
        {
            // The room was left meanwhile, and the stream with it.
        }
        finally
        {
            Dispose();
        }
    }

    // Whose turn it is stays known: a late call learns that the stream is closed, not that something inside is gone.
    public void Dispose() => _handle.Dispose();
}
