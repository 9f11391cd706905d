namespace Agent.Pipeline.Turns.Events;

/// <summary>The application holds the user's turn to be over.</summary>
internal sealed record CommitRequested : TurnEvent;
