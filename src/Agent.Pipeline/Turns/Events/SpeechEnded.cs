namespace Agent.Pipeline.Turns.Events;

/// <summary>The agent's utterance is over: played to the end, empty or failed.</summary>
internal sealed record SpeechEnded(string SpeechId) : TurnEvent;
