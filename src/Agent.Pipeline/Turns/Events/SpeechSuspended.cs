namespace Agent.Pipeline.Turns.Events;

/// <summary>An utterance waits for a tool, and all that it has to say until then was heard.</summary>
internal sealed record SpeechSuspended(string SpeechId) : TurnEvent;
