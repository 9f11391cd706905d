namespace Agent.Pipeline.Turns.Effects;

/// <summary>Drops what was prepared, as if it had never been.</summary>
internal sealed record DiscardSpeech(AgentSpeech Speech) : TurnEffect;
