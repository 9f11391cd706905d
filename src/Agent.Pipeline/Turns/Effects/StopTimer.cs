namespace Agent.Pipeline.Turns.Effects;

/// <summary>Forgets the timer of a kind.</summary>
internal sealed record StopTimer(TurnTimerKind Kind) : TurnEffect;
