using Agent.Protocol;

namespace Agent.LiveKit.Worker;

/// <summary>A job that the server gave to this worker.</summary>
public sealed class AssignedJob
{
    private readonly TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _stopReason;

    internal AssignedJob(Job job, Uri url, string token, string participantIdentity, string workerId)
    {
        Job = job;
        Url = url;
        Token = token;
        ParticipantIdentity = participantIdentity;
        WorkerId = workerId;
    }

    /// <summary>The job as the server describes it.</summary>
    public Job Job { get; }

    /// <summary>The job's id.</summary>
    public string Id => Job.Id;

    /// <summary>The name of the room to join.</summary>
    public string RoomName => Job.Room?.Name ?? "";

    /// <summary>The metadata given with the dispatch.</summary>
    public string Metadata => Job.Metadata;

    /// <summary>Where to join, <c>ws</c> or <c>wss</c>: the address in the assignment or, as the open-source server sends none, the worker's own.</summary>
    public Uri Url { get; }

    /// <summary>The token to join with, valid for an hour. A secret: never log it.</summary>
    public string Token { get; }

    /// <summary>Who the agent is in the room.</summary>
    public string ParticipantIdentity { get; }

    /// <summary>The id under which the worker was registered when the job was assigned.</summary>
    public string WorkerId { get; }

    /// <summary>Why the job's token was cancelled; <see cref="JobStopReason.None"/> while it runs.</summary>
    public JobStopReason StopReason => (JobStopReason)Volatile.Read(ref _stopReason);

    /// <summary>
    /// Completes after <see cref="IJobHandler.RunAsync"/> has returned, when the server has confirmed the job's final status or can no longer be told. Until
    /// then the agent has to stay in the room: a server that sees it leave first calls the job failed, whatever it did.
    /// </summary>
    public Task Reported => _reported.Task;

    internal void SetReported() => _reported.TrySetResult();

    internal bool TryStop(JobStopReason reason) =>
        Interlocked.CompareExchange(ref _stopReason, (int)reason, (int)JobStopReason.None) == (int)JobStopReason.None;
}
