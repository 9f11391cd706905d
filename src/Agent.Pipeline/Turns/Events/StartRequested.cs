namespace Agent.Pipeline.Turns.Events;

/// <summary>The user takes the floor by hand, as with the button of push to talk.</summary>
internal sealed record StartRequested : TurnEvent;
