namespace Agent.Pipeline.Turns.Events;

/// <summary>A timer is due; of no effect when it was stopped or replaced meanwhile.</summary>
internal sealed record TimerFired(TurnTimerKind Kind, long Id) : TurnEvent;
