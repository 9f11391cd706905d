using Agent.Pipeline.Speech;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Ledger;

/// <summary>One turn of the agent, as it went: delivered as the turn ends.</summary>
public sealed record TurnEntry
{
    /// <summary>The utterance's identifier, as in the history and the captions.</summary>
    public required string SpeechId { get; init; }

    /// <summary>Why the agent spoke.</summary>
    public required SpeechCause Cause { get; init; }

    /// <summary>The number of the user's turn that it answers; zero where it answers none.</summary>
    public long UserTurn { get; init; }

    /// <summary>What became of it.</summary>
    public required SpeechOutcome Outcome { get; init; }

    /// <summary>How long each step took.</summary>
    public required TurnLatency Latency { get; init; }

    /// <summary>How long the agent's voice was sent.</summary>
    public TimeSpan Played { get; init; }

    /// <summary>From the start of the user's speech to the agent's silence; null unless the turn was interrupted by speech.</summary>
    public TimeSpan? BargeInLatency { get; init; }

    /// <summary>What the model has told about the cost of this turn, every call for it together; null where it tells nothing. Where models were asked side by side, <c>AdditionalCounts</c> has <c>lostRequests</c>, <c>lostInputTokens</c> and <c>lostOutputTokens</c> (in the sums too), and <c>lostInputTokensEstimated</c> (not in them).</summary>
    public UsageDetails? ModelUsage { get; init; }

    /// <summary>What the synthesizer has told about the cost of this turn.</summary>
    public SpeechUsage SynthesisUsage { get; init; }

    /// <summary>The decisions that were made in this turn, in order.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];
}
