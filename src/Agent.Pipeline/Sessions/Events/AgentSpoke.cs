using Agent.Pipeline.Rooms;

namespace Agent.Pipeline.Sessions.Events;

/// <summary>Words of the agent were played.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Caption">The words.</param>
public sealed record AgentSpoke(TimeSpan At, AgentCaption Caption) : SessionEvent(At);
