namespace Agent.Pipeline.Turns.Events;

/// <summary>The application wants the agent to be silent.</summary>
/// <param name="SpeechId">Which utterance; null means what is said and all that waits.</param>
/// <param name="Force">Whether protected utterances end too.</param>
internal sealed record InterruptRequested(string? SpeechId = null, bool Force = false) : TurnEvent;
