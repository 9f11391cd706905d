namespace Agent.Pipeline.Turns.Events;

/// <summary>The user has stopped speaking.</summary>
internal sealed record UserStopped(TimeSpan At) : TurnEvent;
