using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Sessions;

/// <summary>Runs the turn machine's timers on the session's clock; one of each kind.</summary>
internal sealed class TurnTimers : IDisposable
{
    private readonly SessionClock _clock;
    private readonly Action<TurnEvent> _fire;
    private readonly List<DecisionTimer> _running = [];
    private readonly ITimer?[] _timers = new ITimer?[Enum.GetValues<TurnTimerKind>().Length];

    internal TurnTimers(SessionClock clock, Action<TurnEvent> fire)
    {
        _clock = clock;
        _fire = fire;
    }

    internal void Start(StartTimer effect)
    {
        var timer = effect.Timer;
        Stop(timer.Kind);
        _running.Add(new DecisionTimer(timer.Kind.ToString(), _clock.Now, timer.Due, HasFired: false));
        var delay = timer.Due - _clock.Now;
        _timers[(int)timer.Kind] = _clock.Provider.CreateTimer(
            _ => _fire(new TimerFired(timer.Kind, timer.Id)),
            null,
            delay > TimeSpan.Zero ? delay : TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
    }

    internal void Stop(TurnTimerKind kind)
    {
        Remove(kind);
        _timers[(int)kind]?.Dispose();
        _timers[(int)kind] = null;
    }

    /// <summary>What runs now, for the ledger.</summary>
    /// <param name="fired">What has just run out; null where nothing has.</param>
    internal IReadOnlyList<DecisionTimer> Running(DecisionTimer? fired) => fired is null ? [.. _running] : [fired, .. _running];

    /// <summary>The machine has seen that a timer has run out; null when it is not the one that runs.</summary>
    internal DecisionTimer? Expire(TurnTimerKind kind) => Remove(kind) is { } timer ? timer with { HasFired = true } : null;

    private DecisionTimer? Remove(TurnTimerKind kind)
    {
        var index = _running.FindIndex(timer => string.Equals(timer.Name, kind.ToString(), StringComparison.Ordinal));
        if (index < 0)
            return null;
        var timer = _running[index];
        _running.RemoveAt(index);
        return timer;
    }

    public void Dispose()
    {
        foreach (var kind in Enum.GetValues<TurnTimerKind>())
            Stop(kind);
    }
}
