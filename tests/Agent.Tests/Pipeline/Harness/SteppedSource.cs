using System.Threading.Tasks.Sources;

namespace Agent.Tests.Pipeline.Harness;

/// <summary>Something to wait for that the test lets happen, again and again, on its own thread and without allocating.</summary>
internal sealed class SteppedSource<T> : IValueTaskSource<T>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<T> _core;

    internal bool IsAwaited { get; private set; }

    internal ValueTask<T> WaitForResultAsync()
    {
        IsAwaited = true;
        return new ValueTask<T>(this, _core.Version);
    }

    internal ValueTask WaitAsync()
    {
        IsAwaited = true;
        return new ValueTask(this, _core.Version);
    }

    /// <summary>Lets it happen; what waits runs on at once, until it waits again.</summary>
    internal void Step(T result)
    {
        Assert.True(IsAwaited, "nobody waits for the next step");
        IsAwaited = false;
        _core.SetResult(result);
    }

    T IValueTaskSource<T>.GetResult(short token)
    {
        var result = _core.GetResult(token);
        _core.Reset();
        return result;
    }

    void IValueTaskSource.GetResult(short token) => ((IValueTaskSource<T>)this).GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _core.GetStatus(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags & ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags & ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext);
}
