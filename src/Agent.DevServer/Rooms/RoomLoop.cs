using System.Threading.Channels;

namespace Agent.DevServer.Rooms;

/// <summary>
/// The one loop that owns a room: every change of its state is a piece of work done here, one after the other, so that nothing in a room needs a lock.
/// Sockets and requests post work and, where they want an answer, await it before they read on; hence each has at most one piece of work waiting.
/// </summary>
internal sealed class RoomLoop : IAsyncDisposable
{
    private readonly Channel<RoomWork> _work = Channel.CreateUnbounded<RoomWork>();
    private readonly PriorityQueue<RoomTimer, long> _timers = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly EmbeddedServerCounters _counters;
    private readonly ITimer _wake;
    private readonly Task _running;
    private long _wakeAt = long.MaxValue;
    private int _backlog;

    public RoomLoop(TimeProvider time, ILogger logger, EmbeddedServerCounters counters)
    {
        _time = time;
        _logger = logger;
        _counters = counters;
        _wake = time.CreateTimer(_ => Post(RunDueTimers), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Queues work; false when the loop has ended.</summary>
    public bool Post(Action work) => Post(new RoomWork(work));

    /// <summary>Queues work; false when the loop has ended.</summary>
    public bool Post(in RoomWork work)
    {
        Interlocked.Increment(ref _backlog);
        if (_work.Writer.TryWrite(work))
            return true;
        Interlocked.Decrement(ref _backlog);
        return false;
    }

    /// <summary>How much work waits.</summary>
    public int Backlog => Volatile.Read(ref _backlog);

    /// <summary>Queues work and awaits its result.</summary>
    /// <exception cref="RoomClosedException">The loop has ended.</exception>
    public Task<T> AskAsync<T>(Func<T> work)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var posted = Post(() =>
        {
            try
            {
                answer.SetResult(work());
            }
            catch (Exception e)
            {
                answer.SetException(e);
            }
        });
        if (!posted)
            answer.SetException(new RoomClosedException());
        return answer.Task;
    }

    /// <summary>Does work on the loop after a delay. Only to be called on the loop.</summary>
    public RoomTimer After(TimeSpan delay, Action work)
    {
        var due = _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);
        var timer = new RoomTimer(work);
        _timers.Enqueue(timer, due);
        WakeNoLaterThan(due);
        return timer;
    }

    /// <summary>Lets what is queued be done, then ends the loop.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _running;
        await _wake.DisposeAsync();
    }

    private async Task RunAsync()
    {
        await foreach (var work in _work.Reader.ReadAllAsync())
        {
            Interlocked.Decrement(ref _backlog);
            Do(work);
        }
    }

    private void RunDueTimers()
    {
        _wakeAt = long.MaxValue;
        while (_timers.TryPeek(out var timer, out var due))
        {
            if (timer.IsCancelled)
            {
                _timers.Dequeue();
                continue;
            }

            if (due > _time.GetTimestamp())
            {
                WakeNoLaterThan(due);
                return;
            }

            _timers.Dequeue();
            Do(new RoomWork(timer.Work));
        }
    }

    private void WakeNoLaterThan(long due)
    {
        if (due >= _wakeAt)
            return;
        _wakeAt = due;
        var wait = TimeSpan.FromSeconds(Math.Max(0, due - _time.GetTimestamp()) / (double)_time.TimestampFrequency);
        // Rounded up: a timer that fires a fraction of a millisecond early finds nothing due and spins.
        _wake.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    private void Do(in RoomWork work)
    {
        try
        {
            work.Do();
        }
        catch (Exception e)
        {
            // One participant's trouble must not end the room of the others.
            _counters.CountInternalError();
            RoomLog.WorkFailed(_logger, e);
        }
    }
}
