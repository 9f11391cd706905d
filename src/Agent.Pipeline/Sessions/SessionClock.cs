namespace Agent.Pipeline.Sessions;

/// <summary>The session's clock: zero is its start.</summary>
internal sealed class SessionClock
{
    private readonly long _start;

    internal SessionClock(TimeProvider timeProvider)
    {
        Provider = timeProvider;
        _start = timeProvider.GetTimestamp();
    }

    internal TimeProvider Provider { get; }

    internal TimeSpan Now => Provider.GetElapsedTime(_start);
}
