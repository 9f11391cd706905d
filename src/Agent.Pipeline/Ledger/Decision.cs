namespace Agent.Pipeline.Ledger;

/// <summary>One decision about the conversation and its reason.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Kind">What was decided.</param>
/// <param name="Reason">Why, in a few fixed words without anything that was said.</param>
public sealed record Decision(TimeSpan At, DecisionKind Kind, string Reason);
