namespace Agent.Worker.Jobs;

internal static partial class JobLog
{
    [LoggerMessage(3301, LogLevel.Information, "job began ({MetadataLength} characters of metadata)")]
    internal static partial void Began(ILogger logger, int metadataLength);

    [LoggerMessage(3302, LogLevel.Information, "joined the room in {Milliseconds:0} ms")]
    internal static partial void Joined(ILogger logger, double milliseconds);

    [LoggerMessage(3303, LogLevel.Information, "job ended after {Seconds:0.0} s: {Reason}")]
    internal static partial void Succeeded(ILogger logger, double seconds, string reason);

    [LoggerMessage(3304, LogLevel.Error, "job FAILED after {Seconds:0.0} s: {Reason}")]
    internal static partial void Failed(ILogger logger, double seconds, string reason);

    // The stack is for whoever debugs; the reason is on the line above.
    [LoggerMessage(3305, LogLevel.Debug, "what broke the job")]
    internal static partial void Broke(ILogger logger, Exception exception);

    [LoggerMessage(3308, LogLevel.Warning, "the server has not confirmed the job's end within {Limit}; leaving the room, for which it may call the job failed")]
    internal static partial void NotReported(ILogger logger, TimeSpan limit);

    [LoggerMessage(3309, LogLevel.Error, "an unexpected error broke the job")]
    internal static partial void BrokeUnexpectedly(ILogger logger, Exception exception);

    [LoggerMessage(3306, LogLevel.Error, "the agent's own code (OnEnter) failed")]
    internal static partial void EnterFailed(ILogger logger, Exception exception);

    [LoggerMessage(3307, LogLevel.Error, "the agent's own code (OnEvent) failed for {Event}; the conversation goes on")]
    internal static partial void EventFailed(ILogger logger, Exception exception, string @event);
}
