namespace Agent.Pipeline.Turns.Events;

/// <summary>The recogniser holds the user's turn to be over.</summary>
internal sealed record RecogniserEndedTurn : TurnEvent;
