using Agent.Protocol;

namespace Agent.LiveKit.Worker.Machine;

/// <summary>A job that was started and has not ended.</summary>
internal sealed class RunningJob(AssignedJob job)
{
    public AssignedJob Job { get; } = job;

    public UpdateJobStatus Status(JobStatus status, string error = "") => new() { JobId = Job.Id, Status = status, Error = error };
}
