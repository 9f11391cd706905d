namespace Agent.Pipeline.Turns.Effects;

/// <summary>Begins an answer that is not certain to be wanted: made and held, without a trace until <see cref="StartSpeech"/> or <see cref="DiscardSpeech"/>.</summary>
/// <param name="Speech">The utterance.</param>
/// <param name="UserText">What the user has said in the turn that has not ended.</param>
internal sealed record PrepareSpeech(AgentSpeech Speech, string UserText) : TurnEffect;
