namespace Agent.Pipeline.Turns.Effects;

/// <summary>Lets a held utterance go on where it was.</summary>
internal sealed record ReleaseSpeech(AgentSpeech Speech) : TurnEffect;
