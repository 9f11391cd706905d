namespace Agent.Pipeline.Turns.Events;

/// <summary>The user has begun to speak.</summary>
internal sealed record UserStarted(TimeSpan At) : TurnEvent;
