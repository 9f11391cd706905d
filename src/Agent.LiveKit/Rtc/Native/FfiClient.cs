using System.Buffers;
using System.Collections.Concurrent;
using Agent.LiveKit.Rtc.Native.Messages;
using Agent.LiveKit.Rtc.Native.Protocol;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Agent.LiveKit.Rtc.Native;

/// <summary>
/// Requests to the native library, and its events on their way to whoever waits for them. Events come on the library's own threads,
/// two for the whole process: they are copied, put into somebody's queue and returned from at once.
/// </summary>
internal sealed class FfiClient(IFfiLibrary library, ILogger logger)
{
    private readonly ConcurrentDictionary<ulong, PendingCall> _calls = new();
    private readonly ConcurrentDictionary<ulong, IFfiEventSink> _sinks = new();
    private readonly ConcurrentDictionary<ulong, IAudioFrameSink> _audioStreams = new();
    private readonly ConcurrentDictionary<ulong, ICaptureSink> _captures = new();
    private long _lastAsyncId;

    internal IFfiLibrary Library { get; } = library;

    /// <summary>Where the native library's own log goes; null drops it.</summary>
    internal NativeLogQueue? NativeLog { get; init; }

    /// <summary>Calls without an answer so far.</summary>
    internal int PendingCalls => _calls.Count;

    /// <summary>A number for <c>request_async_id</c>: by setting it ourselves the waiter is there before the answer can be.</summary>
    internal ulong NextAsyncId() => (ulong)Interlocked.Increment(ref _lastAsyncId);

    /// <summary>Takes ownership of an object that the library has handed out.</summary>
    internal FfiHandle Own(FfiOwnedHandle handle) => new(Library, handle.Id);

    /// <summary>A request that is answered at once.</summary>
    /// <exception cref="RoomException">The library refused it.</exception>
    internal FfiResponse Request(FfiRequest request)
    {
        FfiResponse? response = null;
        var length = request.CalculateSize();
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            request.WriteTo(buffer.AsSpan(0, length));
            if (Library.Request(buffer.AsSpan(0, length), bytes => response = FfiResponse.Parser.ParseFrom(bytes)) && response is not null)
                return response;
        }
        finally
        {
            // The buffer may have held a token or somebody's words, and the pool is shared.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        throw new RoomException(RoomErrorKind.Refused, $"The native room library refused the request {request.MessageCase}; its log says why (category Agent.LiveKit.Rtc.Native).");
    }

    /// <summary>A request that is answered by an event. The objects it uses are held alive until then.</summary>
    /// <param name="build">Makes the request with the given <c>request_async_id</c>.</param>
    /// <param name="uses">The objects that the request names.</param>
    /// <exception cref="RoomException">The library refused it.</exception>
    internal PendingCall Call(Func<ulong, FfiRequest> build, params ReadOnlySpan<FfiHandle> uses)
    {
        var id = NextAsyncId();
        var call = new PendingCall(id, uses);
        _calls[id] = call;
        try
        {
            Request(build(id));
        }
        catch
        {
            Forget(call);
            throw;
        }

        return call;
    }

    /// <summary>Nobody waits for the answer any more, and what it would name is not held alive for it.</summary>
    internal void Forget(PendingCall call)
    {
        if (_calls.TryRemove(call.Id, out _))
            call.Release();
    }

    internal void Route(ulong handle, IFfiEventSink sink) => _sinks[handle] = sink;

    internal void Unroute(ulong handle) => _sinks.TryRemove(handle, out _);

    internal void RouteAudio(ulong stream, IAudioFrameSink sink) => _audioStreams[stream] = sink;

    internal void UnrouteAudio(ulong stream) => _audioStreams.TryRemove(stream, out _);

    internal void RouteCapture(ulong asyncId, ICaptureSink sink) => _captures[asyncId] = sink;

    internal void UnrouteCapture(ulong asyncId) => _captures.TryRemove(asyncId, out _);

    /// <summary>Takes an event from the library. Never throws and never waits: the caller is the library's event loop.</summary>
    internal void OnEvent(ReadOnlySpan<byte> data)
    {
        try
        {
            if (AudioFrameMessage.TryRead(data, out var frame))
                OnAudio(frame);
            else if (CaptureMessage.TryReadCallback(data, out var asyncId, out var failed))
                OnCaptured(asyncId, failed);
            else if (LogMessage.TryPeek(data, NativeLog?.Level ?? -1, out var isWanted))
                OnLog(data, isWanted);
            else
                Dispatch(FfiEvent.Parser.ParseFrom(data));
        }
        catch (Exception e)
        {
            // Nothing may leave this method: an exception that reaches native code ends the process.
            RtcLog.EventUnreadable(logger, e, data.Length);
        }
    }

    private void OnAudio(in AudioFrameMessage message)
    {
        try
        {
            if (!_audioStreams.TryGetValue(message.StreamHandle, out var sink))
                return;
            if (message.IsEnd)
                sink.OnEnd();
            else
                sink.OnFrame(message);
        }
        finally
        {
            if (message.FrameHandle != 0)
                Library.DropHandle(message.FrameHandle);
        }
    }

    private void OnCaptured(ulong asyncId, bool failed)
    {
        if (_captures.TryGetValue(asyncId, out var sink))
            sink.OnCaptured(failed);
    }

    private void OnLog(ReadOnlySpan<byte> data, bool isWanted)
    {
        if (isWanted)
            NativeLog?.Post(FfiEvent.Parser.ParseFrom(data).Logs);
    }

    private void Dispatch(FfiEvent message)
    {
        if (message.MessageCase == FfiEvent.MessageOneofCase.Panic)
        {
            RtcLog.NativePanic(logger, SecretRedactor.Redact(message.Panic.Message));
            foreach (var sink in _sinks.Values)
                sink.Post(message);
            return;
        }

        var (isAnswer, id) = FfiEventAddress.Of(message);
        if (isAnswer && _calls.TryRemove(id, out var call))
            call.Complete(message);
        else if (!isAnswer && _sinks.TryGetValue(id, out var sink))
            sink.Post(message);
        else
            UnclaimedHandles.Drop(message, Library);
    }
}
