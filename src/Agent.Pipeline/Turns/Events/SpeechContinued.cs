namespace Agent.Pipeline.Turns.Events;

/// <summary>An utterance has its tool's result; what it says next is not heard yet.</summary>
internal sealed record SpeechContinued(string SpeechId) : TurnEvent;
