using System.Collections.Concurrent;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Messages;
using Agent.LiveKit.Rtc.Native.Protocol;
using Google.Protobuf;

namespace Agent.Tests.LiveKit.Rtc.Harness;

/// <summary>The native library as a script: answers requests as the test says and keeps account of handles.</summary>
internal sealed class FakeFfiLibrary : IFfiLibrary
{
    private readonly ConcurrentDictionary<ulong, int> _drops = new();
    private long _open;
    private long _lastHandle = 1000;

    /// <summary>Answers a request; null refuses it.</summary>
    internal Func<FfiRequest, FfiResponse?> Respond { get; set; } = _ => new FfiResponse();

    /// <summary>Takes captures without parsing them, so that the fake allocates nothing for them.</summary>
    internal Action? OnCapture { get; set; }

    internal ConcurrentQueue<FfiRequest> Requests { get; } = new();

    internal IReadOnlyDictionary<ulong, int> Drops => _drops;

    internal long Captures;

    public long OpenHandles => Interlocked.Read(ref _open);

    internal ulong NewHandle() => (ulong)Interlocked.Increment(ref _lastHandle);

    public bool Request(ReadOnlySpan<byte> request, FfiResponseReader? response)
    {
        var reader = new WireReader(request);
        if (OnCapture is not null && reader.Next() && reader.Field == 27)
        {
            Interlocked.Increment(ref Captures);
            OnCapture();
            return true;
        }

        var message = FfiRequest.Parser.ParseFrom(request);
        Requests.Enqueue(message);
        if (Respond(message) is not { } answer)
            return false;
        response?.Invoke(answer.ToByteArray());
        return true;
    }

    public void DropHandle(ulong id)
    {
        if (!CountsDrops)
            return;
        _drops.AddOrUpdate(id, 1, (_, count) => count + 1);
    }

    internal bool CountsDrops { get; set; } = true;

    public void HandleOpened() => Interlocked.Increment(ref _open);

    public void HandleClosed() => Interlocked.Decrement(ref _open);
}
