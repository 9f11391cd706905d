using Agent.LiveKit.Rtc.Native.Protocol;

namespace Agent.LiveKit.Rtc.Native;

/// <summary>
/// A request whose answer comes as an event. It keeps the objects that it names alive: the library looks them up again on its own
/// threads, and one that is gone by then is a panic.
/// </summary>
internal sealed class PendingCall
{
    private readonly TaskCompletionSource<FfiEvent> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FfiHandleUse[] _uses;
    private int _released;

    internal PendingCall(ulong id, ReadOnlySpan<FfiHandle> uses)
    {
        Id = id;
        _uses = new FfiHandleUse[uses.Length];
        var taken = 0;
        try
        {
            for (; taken < uses.Length; taken++)
                _uses[taken] = uses[taken].Use();
        }
        catch
        {
            for (var i = 0; i < taken; i++)
                _uses[i].Dispose();
            throw;
        }
    }

    /// <summary>The request's <c>request_async_id</c>.</summary>
    internal ulong Id { get; }

    /// <summary>The answer.</summary>
    internal Task<FfiEvent> Answer => _answer.Task;

    internal void Complete(FfiEvent answer)
    {
        _answer.TrySetResult(answer);
        Release();
    }

    internal void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) != 0)
            return;
        foreach (var use in _uses)
            use.Dispose();
    }
}
