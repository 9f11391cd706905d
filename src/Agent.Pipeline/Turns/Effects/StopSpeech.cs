namespace Agent.Pipeline.Turns.Effects;

/// <summary>Ends an utterance wherever it is, or drops one that never began; what was heard enters the history. It is over for the machine.</summary>
internal sealed record StopSpeech(AgentSpeech Speech, bool ByUser) : TurnEffect;
