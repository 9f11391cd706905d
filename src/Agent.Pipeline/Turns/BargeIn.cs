namespace Agent.Pipeline.Turns;

/// <summary>The user speaking over the agent, until it is known whether the user takes the floor.</summary>
/// <param name="At">When the user's speech began, on the session's clock.</param>
internal sealed record BargeIn(TimeSpan At)
{
    /// <summary>When the speech ended; null while it goes on.</summary>
    internal TimeSpan? EndedAt { get; init; }

    /// <summary>How many of the turn's fixed segments were said before it: false barge-ins must not add up.</summary>
    internal int FinalsBefore { get; init; }

    /// <summary>Whether it began over the end of a question: then even a short word is an answer.</summary>
    internal bool IsAnswer { get; init; }
}
