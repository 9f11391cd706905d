using Agent.Pipeline.Ledger;

namespace Agent.Pipeline.Sessions.Events;

/// <summary>A turn of the agent is over; its figures are complete.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Entry">Why it spoke, what became of it and how long each step took.</param>
public sealed record TurnEnded(TimeSpan At, TurnEntry Entry) : SessionEvent(At);
