namespace Agent.Pipeline.Turns;

/// <summary>A barge-in that was held to be none, as long as words of it may still come.</summary>
/// <param name="At">When the user's speech began, on the session's clock.</param>
/// <param name="EndedAt">When it ended.</param>
internal sealed record FalseBargeIn(TimeSpan At, TimeSpan EndedAt);
