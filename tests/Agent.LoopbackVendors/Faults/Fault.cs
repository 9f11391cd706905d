namespace Agent.LoopbackVendors.Faults;

/// <summary>One thing that goes wrong.</summary>
/// <param name="Kind">What.</param>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>All is well.</summary>
    public static Fault None { get; } = new(FaultKind.None);

    /// <summary>The HTTP status of <see cref="FaultKind.Status"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>What <see cref="FaultKind.Status"/> asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How many messages (of a WebSocket, events, or pieces of a body) go well before.</summary>
    /// <value>Default 1.</value>
    public int After { get; init; } = 1;

    /// <summary>Whether it is time for what comes after messages that go well; null counts them (<see cref="After"/>).</summary>
    public Func<bool>? When { get; init; }

    /// <summary>What becomes of each message, or event, before it is sent; null leaves it as it is. Not of sound that is sent as bytes.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Mangle { get; init; }

    /// <summary>The pause of <see cref="FaultKind.SlowDrip"/> before each piece.</summary>
    /// <value>Default 20 ms.</value>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The close code of <see cref="FaultKind.HalfClose"/>.</summary>
    /// <value>Default 1011.</value>
    public int CloseCode { get; init; } = 1011;

    /// <summary>An HTTP status.</summary>
    public static Fault Http(int status, TimeSpan? retryAfter = null) => new(FaultKind.Status) { Status = status, RetryAfter = retryAfter };
}
