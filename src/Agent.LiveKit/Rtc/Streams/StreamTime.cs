namespace Agent.LiveKit.Rtc;

/// <summary>Milliseconds since 1970 from another program, which may be anything.</summary>
internal static class StreamTime
{
    internal static DateTimeOffset From(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, 0, 253_402_300_799_999));
}
