namespace Agent.Pipeline.Ledger;

/// <summary>A timer of the turn machine at the moment of a decision. Times are on the session's clock.</summary>
/// <param name="Name">What it is for, e.g. <c>Endpointing</c>.</param>
/// <param name="StartedAt">Since when it ran.</param>
/// <param name="DueAt">Until when it was to run.</param>
/// <param name="HasFired">Whether it had just run out, and led to the decision.</param>
public sealed record DecisionTimer(string Name, TimeSpan StartedAt, TimeSpan DueAt, bool HasFired);
