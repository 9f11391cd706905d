namespace Agent.Worker.Health;

/// <summary>Whether the worker is alive and whether it can take jobs, with the reason when it cannot. Safe to use from any thread.</summary>
internal sealed class WorkerHealth
{
    private volatile Readiness _readiness = new(false, "starting: not registered with the LiveKit server yet");

    /// <summary>The current answer to <c>/healthz/ready</c>.</summary>
    internal Readiness Readiness => _readiness;

    internal void Registered() => Change(new(true, "registered"));

    internal void Disconnected(string reason) => Change(new(false, $"disconnected from the LiveKit server: {reason}"));

    /// <summary>Stays so until the end, whatever the connection does.</summary>
    internal void Draining() => _readiness = new(false, Drain);

    private const string Drain = "draining: finishing jobs, taking none";

    private void Change(Readiness next)
    {
        Readiness seen;
        do
        {
            seen = _readiness;
            if (ReferenceEquals(seen.Reason, Drain))
                return;
        }
        while (Interlocked.CompareExchange(ref _readiness, next, seen) != seen);
    }
}
