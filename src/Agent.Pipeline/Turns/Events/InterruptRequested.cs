namespace Agent.Pipeline.Turns.Events;

/// <summary>The application wants the agent to be silent.</summary>
internal sealed record InterruptRequested : TurnEvent;
