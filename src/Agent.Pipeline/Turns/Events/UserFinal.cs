namespace Agent.Pipeline.Turns.Events;

/// <summary>A segment of the user's speech is fixed.</summary>
internal sealed record UserFinal(string Text, TimeSpan Start, TimeSpan End, bool IsEcho = false) : TurnEvent;
