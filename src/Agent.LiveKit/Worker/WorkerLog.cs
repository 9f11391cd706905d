using Microsoft.Extensions.Logging;

namespace Agent.LiveKit.Worker;

internal static partial class WorkerLog
{
    [LoggerMessage(2201, LogLevel.Information, "Registered as {WorkerId} for agent '{AgentName}' (LiveKit server {ServerVersion})")]
    public static partial void Registered(this ILogger logger, string workerId, string agentName, string serverVersion);

    [LoggerMessage(2202, LogLevel.Warning, "Connection {Connection} to the LiveKit server is down: {Reason}; trying again in {Seconds:0.0} s; {JobCount} jobs go on")]
    public static partial void ConnectionLost(this ILogger logger, int connection, string reason, double seconds, int jobCount);

    [LoggerMessage(2203, LogLevel.Debug, "Ignored a {Message} message in state {State}")]
    public static partial void UnexpectedMessage(this ILogger logger, string message, string state);

    [LoggerMessage(2204, LogLevel.Warning, "Skipped a frame of {Bytes} bytes from the LiveKit server that is malformed or too large ({Count} so far)")]
    public static partial void MalformedFrame(this ILogger logger, long bytes, long count);

    [LoggerMessage(2210, LogLevel.Information, "Declined job {JobId}: {SlotsInUse} slots in use, {State}")]
    public static partial void DeclinedFull(this ILogger logger, string jobId, int slotsInUse, string state);

    [LoggerMessage(2211, LogLevel.Warning, "Declined job {JobId}: the handler did not answer within {Seconds:0.0} s")]
    public static partial void AnswerTimedOut(this ILogger logger, string jobId, double seconds);

    [LoggerMessage(2212, LogLevel.Error, "Declined job {JobId}: the handler failed to answer")]
    public static partial void AnswerFailed(this ILogger logger, Exception exception, string jobId);

    [LoggerMessage(2213, LogLevel.Error, "Declined job {JobId}: the answer has {Bytes} bytes, the server takes at most {Limit}; shorten the participant's metadata and attributes")]
    public static partial void AnswerTooLarge(this ILogger logger, string jobId, int bytes, int limit);

    [LoggerMessage(2214, LogLevel.Warning, "Job {JobId} was accepted and not assigned within {Seconds:0.0} s; its slot is free again")]
    public static partial void AssignmentOverdue(this ILogger logger, string jobId, double seconds);

    [LoggerMessage(2215, LogLevel.Error, "Refused the assignment of job {JobId}: it has no token, or was not accepted by this worker")]
    public static partial void UnusableAssignment(this ILogger logger, string jobId);

    [LoggerMessage(2220, LogLevel.Information, "Job {JobId} started in room {RoomName}")]
    public static partial void JobStarted(this ILogger logger, string jobId, string roomName);

    [LoggerMessage(2221, LogLevel.Information, "Job {JobId} ended with success")]
    public static partial void JobSucceeded(this ILogger logger, string jobId);

    [LoggerMessage(2222, LogLevel.Error, "Job {JobId} failed: {Reason}")]
    public static partial void JobFailed(this ILogger logger, string jobId, string reason, Exception? unforeseen);

    [LoggerMessage(2223, LogLevel.Information, "Job {JobId} was told to end: {Reason}")]
    public static partial void JobStopping(this ILogger logger, string jobId, JobStopReason reason);

    [LoggerMessage(2224, LogLevel.Information, "Job {JobId} has stopped: {Reason}")]
    public static partial void JobStopped(this ILogger logger, string jobId, JobStopReason reason);

    [LoggerMessage(2230, LogLevel.Information, "Draining: {JobCount} jobs left")]
    public static partial void Draining(this ILogger logger, int jobCount);

    [LoggerMessage(2231, LogLevel.Error, "Closed with {JobCount} jobs that did not end and {StatusCount} final statuses that the server did not confirm")]
    public static partial void ClosedEarly(this ILogger logger, int jobCount, int statusCount);

    [LoggerMessage(2240, LogLevel.Critical, "The worker's loop failed")]
    public static partial void LoopFailed(this ILogger logger, Exception exception);
}
