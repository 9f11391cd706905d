namespace Agent.Pipeline.Turns.Events;

/// <summary>The application wants what the user has said so far to be forgotten.</summary>
internal sealed record ClearRequested : TurnEvent;
