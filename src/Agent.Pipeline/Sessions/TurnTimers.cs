using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Sessions;

/// <summary>Runs the turn machine's timers on the session's clock; one of each kind.</summary>
internal sealed class TurnTimers : IDisposable
{
    private readonly SessionClock _clock;
    private readonly Action<TurnEvent> _fire;
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
        var delay = timer.Due - _clock.Now;
        _timers[(int)timer.Kind] = _clock.Provider.CreateTimer(
            _ => _fire(new TimerFired(timer.Kind, timer.Id)),
            null,
            delay > TimeSpan.Zero ? delay : TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
    }

    internal void Stop(TurnTimerKind kind)
    {
        _timers[(int)kind]?.Dispose();
        _timers[(int)kind] = null;
    }

    public void Dispose()
    {
        foreach (var kind in Enum.GetValues<TurnTimerKind>())
            Stop(kind);
    }
}
