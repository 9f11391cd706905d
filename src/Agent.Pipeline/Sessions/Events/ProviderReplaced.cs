using Agent.Pipeline.Errors;

namespace Agent.Pipeline.Sessions.Events;

/// <summary>One of a list of providers failed or was too slow, and another of the list does its work; nothing was lost.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Stage">Which part.</param>
/// <param name="Error">Why, and whose failure it was.</param>
/// <param name="By">The name of the one that took over.</param>
public sealed record ProviderReplaced(TimeSpan At, SessionStage Stage, ProviderException Error, string By) : SessionEvent(At);
