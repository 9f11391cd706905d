namespace Agent.Tests.LiveKit.Api;

/// <summary>A clock that shows one moment until it is set to another.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
