using Microsoft.Extensions.Logging;

namespace Agent.LiveKit.Rtc.Native;

/// <summary>What the room and the native library report; events 3000 to 3099.</summary>
internal static partial class RtcLog
{
    [LoggerMessage(3000, LogLevel.Critical, "The native room library has failed; this process should be replaced: {Message}")]
    internal static partial void NativePanic(ILogger logger, string message);

    [LoggerMessage(3001, LogLevel.Error, "An event of the native room library could not be read and is dropped: {Length} bytes")]
    internal static partial void EventUnreadable(ILogger logger, Exception exception, int length);

    [LoggerMessage(3002, LogLevel.Warning, "{Target}: {Message}")]
    internal static partial void NativeWarning(ILogger logger, string target, string message);

    [LoggerMessage(3003, LogLevel.Debug, "{Target}: {Message}")]
    internal static partial void NativeDebug(ILogger logger, string target, string message);

    [LoggerMessage(3004, LogLevel.Trace, "{Target}: {Message}")]
    internal static partial void NativeTrace(ILogger logger, string target, string message);

    [LoggerMessage(3010, LogLevel.Information, "Joined room {Room} as {Identity}")]
    internal static partial void Joined(ILogger logger, string room, string identity);

    [LoggerMessage(3011, LogLevel.Information, "Left room {Room}: {Reason}")]
    internal static partial void Left(ILogger logger, string room, DisconnectReason reason);

    [LoggerMessage(3012, LogLevel.Warning, "The connection to room {Room} is lost; reconnecting")]
    internal static partial void Reconnecting(ILogger logger, string room);

    [LoggerMessage(3013, LogLevel.Information, "Reconnected to room {Room}")]
    internal static partial void Reconnected(ILogger logger, string room);

    [LoggerMessage(3014, LogLevel.Error, "A handler of {Event} failed")]
    internal static partial void HandlerFailed(ILogger logger, Exception exception, string @event);

    [LoggerMessage(3015, LogLevel.Warning, "The server did not confirm leaving room {Room} within {Limit}; going on without it")]
    internal static partial void GoodbyeTimedOut(ILogger logger, string room, TimeSpan limit);

    [LoggerMessage(3016, LogLevel.Warning, "{Count} handlers of room {Room} still run {Limit} after it closed; going on without them")]
    internal static partial void HandlersStillRun(ILogger logger, int count, string room, TimeSpan limit);

    [LoggerMessage(3017, LogLevel.Debug, "Nobody takes the stream of topic {Topic} in room {Room}")]
    internal static partial void StreamUnclaimed(ILogger logger, string topic, string room);

    [LoggerMessage(3018, LogLevel.Warning, "Subscribing to track {Track} of {Identity} failed: {Error}")]
    internal static partial void SubscriptionFailed(ILogger logger, string track, string identity, string error);

    [LoggerMessage(3019, LogLevel.Warning, "An audio frame could not be sent")]
    internal static partial void CaptureFailed(ILogger logger);

    [LoggerMessage(3020, LogLevel.Debug, "Handling {Event} in room {Room} failed")]
    internal static partial void EventFailed(ILogger logger, Exception exception, string @event, string room);

    [LoggerMessage(3021, LogLevel.Warning, "The reader of {Identity}'s audio is late: {Count} frames of 10 ms dropped so far")]
    internal static partial void AudioDropped(ILogger logger, string identity, long count);
}
