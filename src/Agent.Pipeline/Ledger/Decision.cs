namespace Agent.Pipeline.Ledger;

/// <summary>One decision about the conversation and its reason.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Kind">What was decided.</param>
/// <param name="Reason">Why, in a few fixed words without anything that was said.</param>
public sealed record Decision(TimeSpan At, DecisionKind Kind, string Reason)
{
    /// <summary>The number of the user's turn that it is about, or that was the last.</summary>
    public long UserTurn { get; init; }

    /// <summary>The utterance that it is about; null where none had the floor.</summary>
    public string? SpeechId { get; init; }

    /// <summary>The timers that ran at that moment, and the one that led to the decision.</summary>
    public IReadOnlyList<DecisionTimer> Timers { get; init; } = [];
}
