namespace Agent.Pipeline.Turns;

/// <summary>The user speaking over the agent, until it is known whether the user takes the floor.</summary>
/// <param name="At">When the user's speech began, on the session's clock.</param>
/// <param name="EndedAt">When it ended; null while it goes on.</param>
internal sealed record BargeIn(TimeSpan At, TimeSpan? EndedAt = null);
