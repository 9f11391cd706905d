using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Sessions.Events;

/// <summary>The linked participant does something else now.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="State">What the participant does now.</param>
public sealed record UserStateChanged(TimeSpan At, UserState State) : SessionEvent(At);
