namespace Agent.Testing;

/// <summary>A clock that stands still until told to go on; timers fire in the order in which they are due. For one thread.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly PriorityQueue<ManualTimer, (TimeSpan Due, long Order)> _timers = new();
    private long _order;

    /// <summary>The time that has passed since the beginning.</summary>
    public TimeSpan Now { get; private set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The Unix epoch and the time that has passed.</summary>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Now;

    /// <inheritdoc/>
    public override long GetTimestamp() => Now.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes on to the next timer, at most to a time, and fires it; false when none is due by then.</summary>
    public bool TryFireNext(TimeSpan until)
    {
        while (_timers.TryPeek(out var timer, out var key))
        {
            if (key.Due > until)
                break;
            _timers.Dequeue();
            if (!timer.IsScheduledFor(key))
                continue;
            Now = key.Due > Now ? key.Due : Now;
            timer.Fire();
            return true;
        }

        Now = until > Now ? until : Now;
        return false;
    }

    private sealed class ManualTimer(ManualTimeProvider provider, TimerCallback callback, object? state) : ITimer
    {
        private (TimeSpan Due, long Order)? _key;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            _key = null;
            if (dueTime != Timeout.InfiniteTimeSpan)
                Schedule(provider.Now + dueTime);
            return true;
        }

        public void Dispose() => _key = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal bool IsScheduledFor((TimeSpan Due, long Order) key) => _key == key;

        internal void Fire()
        {
            var due = _key!.Value.Due;
            _key = null;
            if (_period > TimeSpan.Zero)
                Schedule(due + _period);
            callback(state);
        }

        private void Schedule(TimeSpan due)
        {
            _key = (due, ++provider._order);
            provider._timers.Enqueue(this, _key.Value);
        }
    }
}
