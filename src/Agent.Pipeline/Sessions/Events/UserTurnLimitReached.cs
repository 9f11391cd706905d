namespace Agent.Pipeline.Sessions.Events;

/// <summary>The user's turn was ended because it reached its limit; the agent takes the floor.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Words">How many words it had.</param>
/// <param name="Duration">How long it was, pauses included.</param>
public sealed record UserTurnLimitReached(TimeSpan At, int Words, TimeSpan Duration) : SessionEvent(At);
