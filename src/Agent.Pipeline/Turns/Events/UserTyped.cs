namespace Agent.Pipeline.Turns.Events;

/// <summary>The user has typed something; the answer will have the identifier given.</summary>
internal sealed record UserTyped(string Text, string SpeechId) : TurnEvent;
