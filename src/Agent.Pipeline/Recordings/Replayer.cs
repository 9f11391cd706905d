using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Recordings;

/// <summary>
/// Runs a recording through the turn machine on virtual time. What came from outside comes when it was recorded. As long as every step wants the same as
/// recorded, timers fire when they were recorded to. From the first difference on they run by themselves: a recorded firing only tells how late a timer of
/// that kind, which is due, really fired. So a machine that behaves otherwise really does, and one that does not takes exactly the same course.
/// </summary>
internal sealed class Replayer
{
    // A timer that fires later than this was not late: it is another one.
    private static readonly TimeSpan s_lateness = TimeSpan.FromSeconds(0.25);

    private readonly Recording _recording;
    private readonly TurnOptions _options;
    private readonly List<TurnEffect> _effects = [];
    private readonly List<ReplayedStep> _steps = [];
    private TurnState _state = TurnState.Initial;
    private TimeSpan _now;
    private ReplayDifference? _difference;

    private Replayer(Recording recording)
    {
        _recording = recording;
        _options = recording.Options;
    }

    internal static Replay Run(Recording recording)
    {
        var replayer = new Replayer(recording);
        for (var i = 0; i < recording.Steps.Count; i++)
            replayer.Take(i);
        return new Replay(recording, replayer._steps, replayer._difference);
    }

    private void Take(int index)
    {
        var recorded = _recording.Steps[index];
        if (_difference is null)
        {
            var step = Step(recorded.Input, recorded.At, recorded.Line);
            if (!step.Effects.SequenceEqual(recorded.Effects, StringComparer.Ordinal))
                _difference = new ReplayDifference(recorded, step);
            return;
        }

        FireOverdue(index);
        if (recorded.Input is not TimerFired fired)
            Step(recorded.Input, recorded.At, recorded.Line);
        else if (_state.Timer(fired.Kind) is { } timer && timer.Due <= recorded.At)
            Step(new TimerFired(timer.Kind, timer.Id), recorded.At, recorded.Line);
    }

    private void FireOverdue(int index)
    {
        while (NextDue(index) is { } timer)
            Step(new TimerFired(timer.Kind, timer.Id), timer.Due > _now ? timer.Due : _now, line: null);
    }

    private TurnTimer? NextDue(int index)
    {
        TurnTimer? next = null;
        foreach (var timer in _state.Timers)
        {
            if (timer.Due < _recording.Steps[index].At && (next is null || timer.Due < next.Due) && !IsLate(timer, index))
                next = timer;
        }

        return next;
    }

    private bool IsLate(TurnTimer timer, int index)
    {
        for (var i = index; i < _recording.Steps.Count && _recording.Steps[i].At <= timer.Due + s_lateness; i++)
        {
            if (_recording.Steps[i] is { Input: TimerFired fired, At: var at } && fired.Kind == timer.Kind && at >= timer.Due)
                return true;
        }

        return false;
    }

    private ReplayedStep Step(TurnEvent input, TimeSpan at, int? line)
    {
        _now = at;
        _effects.Clear();
        _state = TurnMachine.Step(_state, input, at, _options, _effects);
        var step = new ReplayedStep(at, input, _effects.ConvertAll(EffectText.Describe), _state.Agent, line);
        _steps.Add(step);
        return step;
    }
}
