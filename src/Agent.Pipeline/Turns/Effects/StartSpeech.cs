namespace Agent.Pipeline.Turns.Effects;

/// <summary>Begins an utterance: asks the model, or has the words spoken.</summary>
internal sealed record StartSpeech(AgentSpeech Speech) : TurnEffect;
