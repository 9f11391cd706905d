namespace Agent.LiveKit.Worker.Machine;

/// <summary>
/// The pauses between attempts to connect: doubled from the first to the longest, each shortened at random by up to a half, so that a fleet of
/// workers does not come back in one moment after the server's restart.
/// </summary>
internal sealed class ReconnectBackoff(TimeSpan first, TimeSpan longest, Random random)
{
    private int _failures;

    public TimeSpan Next()
    {
        var pause = Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(_failures, 30)));
        _failures++;
        return TimeSpan.FromSeconds(pause * (0.5 + (0.5 * random.NextDouble())));
    }

    /// <summary>A refusal that only a person can change: no use in hurrying.</summary>
    public void Slow() => _failures = Math.Max(_failures, 30);

    public void Reset() => _failures = 0;
}
