namespace Agent.Pipeline.Turns.Effects;

/// <summary>Makes the agent silent at once, so that it can go on.</summary>
internal sealed record HoldSpeech(AgentSpeech Speech) : TurnEffect;
