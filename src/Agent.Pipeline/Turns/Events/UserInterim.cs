namespace Agent.Pipeline.Turns.Events;

/// <summary>What the user says, as far as it is understood; replaces the last of the same segment.</summary>
internal sealed record UserInterim(string Text, TimeSpan Start, TimeSpan End, bool IsEcho = false) : TurnEvent;
