using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc;

/// <summary>The parts of an incoming stream, on their way from the native library to the one who reads it.</summary>
internal sealed class StreamChunks : IFfiEventSink, IDisposable
{
    // How much waits here is bounded by the native library's limit on a stream's length (RoomOptions.MaxStreamBytes).
    private readonly Channel<FfiEvent> _events = Channel.CreateUnbounded<FfiEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly FfiClient _client;
    private readonly FfiHandle _handle;
    private readonly ulong _id;
    private int _isRead;

    internal StreamChunks(FfiClient client, FfiHandle handle)
    {
        _client = client;
        _handle = handle;
        _id = handle.Id;
    }

    void IFfiEventSink.Post(FfiEvent message) => _events.Writer.TryWrite(message);

    /// <summary>Starts the stream and reads it to its end.</summary>
    /// <param name="start">Makes the request that starts it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal async IAsyncEnumerable<FfiEvent> ReadAsync(Func<ulong, FfiRequest> start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isRead, 1) != 0)
            throw new InvalidOperationException("A stream can be read once.");
        _client.Route(_id, this);
        try
        {
            using (var use = _handle.Use())
                _client.Request(start(use.Id));
            // Reading takes the object away from us.
            _handle.Consumed();
            await foreach (var message in _events.Reader.ReadAllAsync(cancellationToken))
                yield return message;
        }
        finally
        {
            _client.Unroute(_id);
        }
    }

    /// <summary>No part follows: the stream is at its end.</summary>
    internal void Complete() => _events.Writer.TryComplete();

    /// <summary>The room is gone: a reader that still waits fails.</summary>
    internal void Fail(RoomException error) => _events.Writer.TryComplete(error);

    public void Dispose()
    {
        _client.Unroute(_id);
        _events.Writer.TryComplete();
        _handle.Dispose();
    }
}
