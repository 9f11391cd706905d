namespace Agent.Pipeline.Turns.Effects;

/// <summary>Begins an utterance while the one that has the floor goes on being made without a sound; that one speaks again with <see cref="ReturnSpeech"/>.</summary>
internal sealed record InterjectSpeech(AgentSpeech Speech) : TurnEffect;
