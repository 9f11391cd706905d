namespace Agent.Pipeline.Turns.Events;

/// <summary>An utterance has sound that could be heard.</summary>
internal sealed record SpeechReady(string SpeechId) : TurnEvent;
