using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns.Effects;

namespace Agent.Pipeline.Turns;

/// <summary>One step of the turn machine while it is taken: the state so far, the time, and the effects so far.</summary>
internal ref struct TurnStep
{
    private readonly List<TurnEffect> _effects;

    internal TurnStep(TurnState state, TimeSpan now, TurnOptions options, List<TurnEffect> effects)
    {
        State = state;
        Now = now;
        Options = options;
        _effects = effects;
    }

    internal TurnState State { get; set; }

    internal TimeSpan Now { get; }

    internal TurnOptions Options { get; }

    internal readonly EndpointingMode Mode => Options.Mode;

    /// <summary>Whether the voice is answered, whatever is known of its words.</summary>
    internal readonly bool AnswersVoice => Options.ModelHears || Mode == EndpointingMode.Realtime;

    internal readonly void Do(TurnEffect effect) => _effects.Add(effect);

    /// <param name="kind">What was decided.</param>
    /// <param name="reason">Why.</param>
    /// <param name="speechId">The utterance that it is about; null is the one that has the floor.</param>
    internal readonly void Note(DecisionKind kind, string reason, string? speechId = null)
    {
        var turn = State.Turn.IsOpen ? State.Turn.Number : State.LastTurn?.Number ?? State.Turn.Number;
        _effects.Add(new NoteDecision(kind, reason, turn, speechId ?? State.Current?.Id));
    }

    internal void Start(TurnTimerKind kind, TimeSpan due)
    {
        var timer = new TurnTimer(kind, State.LastTimerId + 1, due);
        State = State with { Timers = Without(kind).Add(timer), LastTimerId = timer.Id };
        Do(new StartTimer(timer));
    }

    /// <summary>Lets a timer be due at a time; one that is already is left alone.</summary>
    internal void Keep(TurnTimerKind kind, TimeSpan due)
    {
        if (State.Timer(kind)?.Due != due)
            Start(kind, due);
    }

    internal void Stop(TurnTimerKind kind)
    {
        if (State.Timer(kind) is null)
            return;
        State = State with { Timers = Without(kind) };
        Do(new StopTimer(kind));
    }

    /// <summary>Takes a fired timer off; false when it is not the one that runs.</summary>
    internal bool TryExpire(TurnTimerKind kind, long id)
    {
        if (State.Timer(kind)?.Id != id)
            return false;
        State = State with { Timers = Without(kind) };
        return true;
    }

    private readonly System.Collections.Immutable.ImmutableArray<TurnTimer> Without(TurnTimerKind kind) =>
        State.Timer(kind) is { } timer ? State.Timers.Remove(timer) : State.Timers;
}
