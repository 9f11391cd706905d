namespace Agent.Pipeline.Sessions.Events;

/// <summary>The session is over; the last event.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Result">Why, and what was said.</param>
public sealed record SessionClosed(TimeSpan At, SessionResult Result) : SessionEvent(At);
