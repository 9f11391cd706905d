namespace Agent.Playground.Check;

/// <summary>What one line led to, as the listener measured it.</summary>
internal sealed record CheckTurn
{
    /// <summary>What the caller said; null where the agent spoke first.</summary>
    public string? Said { get; init; }

    /// <summary>What the agent understood, by the captions in the room.</summary>
    public string? Understood { get; init; }

    /// <summary>What the agent says it said, by the captions in the room.</summary>
    public string? Answer { get; init; }

    /// <summary>What a recogniser makes of the agent's sound.</summary>
    public string? AnswerRecognised { get; init; }

    /// <summary>The part of the caller's words that arrived at the agent, 0 to 1.</summary>
    public double? WordsToAgent { get; init; }

    /// <summary>The part of the agent's words that arrived at the caller, 0 to 1.</summary>
    public double? WordsToCaller { get; init; }

    /// <summary>From the end of the caller's speech to the agent's first audible sound, in milliseconds, at the listener.</summary>
    public double? ResponseMilliseconds { get; init; }

    /// <summary>The same as the agent's own ledger has it: to the first sound handed to the room.</summary>
    public double? LedgerResponseMilliseconds { get; init; }

    /// <summary>From the start of the caller's speech to the agent's silence, in milliseconds, at the listener; null where nobody was interrupted.</summary>
    public double? SilenceMilliseconds { get; init; }

    /// <summary>The same as the agent's own ledger has it.</summary>
    public double? LedgerSilenceMilliseconds { get; init; }

    /// <summary>What was wrong with this turn; empty when it was as it should be.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
