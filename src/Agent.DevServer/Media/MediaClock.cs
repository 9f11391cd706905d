namespace Agent.DevServer.Media;

/// <summary>The one clock of all media: time since the server started, and the wall-clock time of its zero.</summary>
internal sealed class MediaClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public DateTimeOffset Origin { get; } = time.GetUtcNow();

    public TimeSpan Now => time.GetElapsedTime(_start);
}
