namespace Agent.Providers.Resilience;

/// <summary>How long a call may take with all its repetitions.</summary>
/// <param name="time">The clock.</param>
/// <param name="limit">How long, from now.</param>
internal sealed class CallDeadline(TimeProvider time, TimeSpan limit)
{
    private readonly long _begun = time.GetTimestamp();

    public TimeSpan Limit => limit;

    /// <summary>What is left of it, nothing once it is over.</summary>
    public TimeSpan Left => limit - time.GetElapsedTime(_begun) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
