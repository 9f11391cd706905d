namespace Agent.Pipeline.Sessions.Events;

/// <summary>Something that happened in a session.</summary>
/// <param name="At">When, on the session's clock: zero is the session's start.</param>
public abstract record SessionEvent(TimeSpan At);
