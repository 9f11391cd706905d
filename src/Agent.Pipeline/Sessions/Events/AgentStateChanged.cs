using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Sessions.Events;

/// <summary>The agent does something else now.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="State">What it does now.</param>
public sealed record AgentStateChanged(TimeSpan At, AgentState State) : SessionEvent(At);
