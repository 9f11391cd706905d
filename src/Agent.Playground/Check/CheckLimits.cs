namespace Agent.Playground.Check;

/// <summary>What the check asks for.</summary>
internal sealed record CheckLimits
{
    /// <summary>The part of the words that has to arrive in each direction.</summary>
    /// <value>0 to 1, default 0.6.</value>
    public double Words { get; init; } = 0.6;

    /// <summary>From the start of the caller's speech to the agent's silence, at the most.</summary>
    /// <value>Default 400 ms.</value>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long the caller listens to the long answer before speaking over it.</summary>
    /// <value>Default 2.5 s.</value>
    public TimeSpan BargeInAfter { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>How long the caller waits for anything.</summary>
    /// <value>Default 30 s.</value>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the whole check may take.</summary>
    /// <value>Default 3 min.</value>
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(3);
}
