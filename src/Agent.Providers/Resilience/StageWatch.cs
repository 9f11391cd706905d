namespace Agent.Providers.Resilience;

/// <summary>One time-out that is set anew for each message of an answer, without a new token for each. Used by one loop at a time.</summary>
internal sealed class StageWatch : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly ITimer _timer;

    public StageWatch(TimeProvider time) =>
        _timer = time.CreateTimer(static over => ((CancellationTokenSource)over!).Cancel(), _over, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Cancelled once a time-out has passed; the watch is of no use after that.</summary>
    public CancellationToken Token => _over.Token;

    /// <summary>Waits for the next step from now on.</summary>
    public void Arm(TimeSpan limit) => _timer.Change(limit, Timeout.InfiniteTimeSpan);

    /// <summary>Waits for nothing.</summary>
    public void Disarm() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _over.Dispose();
    }
}
