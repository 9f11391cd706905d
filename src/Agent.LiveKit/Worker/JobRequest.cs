using Agent.Protocol;

namespace Agent.LiveKit.Worker;

/// <summary>The server asks whether this worker takes a job.</summary>
public sealed class JobRequest
{
    internal JobRequest(Job job, bool isResuming)
    {
        Job = job;
        IsResuming = isResuming;
    }

    /// <summary>The job as the server describes it.</summary>
    public Job Job { get; }

    /// <summary>The job's id.</summary>
    public string Id => Job.Id;

    /// <summary>The name of the room that the job is for.</summary>
    public string RoomName => Job.Room?.Name ?? "";

    /// <summary>The metadata given with the dispatch.</summary>
    public string Metadata => Job.Metadata;

    /// <summary>Whether another worker had the job before.</summary>
    public bool IsResuming { get; }
}
