namespace Agent.Pipeline.Turns.Events;

/// <summary>The first sound of the agent's utterance is handed to the room.</summary>
internal sealed record SpeechAudible(string SpeechId) : TurnEvent;
