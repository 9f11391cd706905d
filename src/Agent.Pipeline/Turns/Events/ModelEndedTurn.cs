namespace Agent.Pipeline.Turns.Events;

/// <summary>The speech-to-speech model holds the user's turn to be over; its answer is wanted now.</summary>
internal sealed record ModelEndedTurn : TurnEvent;
