namespace Agent.Pipeline.Sessions.Events;

/// <summary>A recogniser, model, synthesizer or tool failed; the session goes on unless too many failed in a row.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Stage">Which part failed.</param>
/// <param name="Error">The failure.</param>
/// <param name="InARow">How many failures of this part there were since its last success.</param>
public sealed record ProviderFailed(TimeSpan At, SessionStage Stage, Exception Error, int InARow) : SessionEvent(At);
