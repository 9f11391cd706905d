namespace Agent.Playground.Check;

/// <summary>The whole conversation and the verdict.</summary>
internal sealed record CheckReport
{
    /// <summary>Whether the words arrived in both directions and the agent fell silent when it was spoken over.</summary>
    public required bool Passed { get; init; }

    /// <summary>What was wrong; empty when everything was as it should be.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The server that carried the conversation.</summary>
    public required string Server { get; init; }

    /// <summary>From asking for the room to the agent's first sound, in milliseconds.</summary>
    public double? GreetingMilliseconds { get; init; }

    /// <summary>The turns in order.</summary>
    public required IReadOnlyList<CheckTurn> Turns { get; init; }
}
