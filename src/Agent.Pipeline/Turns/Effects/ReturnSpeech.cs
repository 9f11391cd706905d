namespace Agent.Pipeline.Turns.Effects;

/// <summary>Gives the voice back to the utterance that let another speak.</summary>
internal sealed record ReturnSpeech(AgentSpeech Speech) : TurnEffect;
