using Agent.Protocol;

namespace Agent.DevServer.Dispatch;

internal static partial class DispatchLog
{
    [LoggerMessage(1201, LogLevel.Information, "Worker {WorkerId} registered: agent '{AgentName}', {Type}, namespace '{Namespace}', version {Version}")]
    public static partial void WorkerRegistered(ILogger logger, string workerId, string agentName, JobType type, string @namespace, string version);

    [LoggerMessage(1202, LogLevel.Information, "Worker {WorkerId} is gone")]
    public static partial void WorkerLeft(ILogger logger, string workerId);

    [LoggerMessage(1203, LogLevel.Information, "Job {JobId} of agent '{AgentName}' in room {Room} given to worker {WorkerId}: {Status}")]
    public static partial void JobAssigned(ILogger logger, string jobId, string agentName, string room, string workerId, JobStatus status);

    [LoggerMessage(1204, LogLevel.Warning, "Job {JobId} of agent '{AgentName}' in room {Room} is dropped: {Reason}")]
    public static partial void JobDropped(ILogger logger, string jobId, string agentName, string room, string reason);

    [LoggerMessage(1205, LogLevel.Information, "Job {JobId} not taken by worker {WorkerId}: {Reason}")]
    public static partial void WorkerRefused(ILogger logger, string jobId, string workerId, string reason);

    [LoggerMessage(1206, LogLevel.Information, "Job {JobId} ended at worker {WorkerId}: {Status} {Error}")]
    public static partial void JobEnded(ILogger logger, string jobId, string workerId, JobStatus status, string error);

    [LoggerMessage(1207, LogLevel.Warning, "Worker {WorkerId} answered about job {JobId}, which nobody asks about (any more)")]
    public static partial void LateAnswer(ILogger logger, string workerId, string jobId);

    [LoggerMessage(1208, LogLevel.Debug, "Worker {WorkerId} reported on job {JobId}, which it does not have (any more)")]
    public static partial void UnknownJob(ILogger logger, string workerId, string jobId);

    [LoggerMessage(1209, LogLevel.Warning, "The worker's connection is closed: {Reason}")]
    public static partial void WorkerProtocolError(ILogger logger, string reason);

    [LoggerMessage(1210, LogLevel.Information, "No worker is registered for agent '{AgentName}' ({Type}); nothing is dispatched in room {Room}")]
    public static partial void NobodyToAsk(ILogger logger, string agentName, JobType type, string room);

    [LoggerMessage(1211, LogLevel.Error, "Dispatching job {JobId} failed")]
    public static partial void DispatchFailed(ILogger logger, string jobId, Exception exception);
}
