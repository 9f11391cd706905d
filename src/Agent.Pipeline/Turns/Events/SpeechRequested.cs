namespace Agent.Pipeline.Turns.Events;

/// <summary>The application wants the agent to speak.</summary>
internal sealed record SpeechRequested(AgentSpeech Speech) : TurnEvent;
