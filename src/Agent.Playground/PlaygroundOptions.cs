namespace Agent.Playground;

/// <summary>What <c>./run</c> was asked to do.</summary>
internal sealed record PlaygroundOptions
{
    /// <summary>The port of the embedded server.</summary>
    /// <value>0 to 65,535, default 7880; 0 lets the system choose.</value>
    public int Port { get; init; } = 7880;

    /// <summary>The port of the page.</summary>
    /// <value>0 to 65,535, default 8080; 0 lets the system choose.</value>
    public int WebPort { get; init; } = 8080;

    /// <summary>Whether to hold a conversation without a person and judge it.</summary>
    public bool Check { get; init; }

    /// <summary>Whether the check's report is printed as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Whether the worker's log is printed in full.</summary>
    public bool Verbose { get; init; }
}
