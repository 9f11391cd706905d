
namespace Agent.Worker.Jobs;

/// <summary>What an agent's own code can reach while its job runs.</summary>
public sealed class JobContext
{
    internal JobContext(JobDetails job, IServiceProvider services, ILogger logger)
    {
        Job = job;
        Services = services;
        Logger = logger;
    }

    /// <summary>The job: its room, its metadata, who it talks to.</summary>
    public JobDetails Job { get; }

    /// <summary>The host's services.</summary>
    public IServiceProvider Services { get; }

    /// <summary>A logger whose lines carry the worker, the job and the room.</summary>
    public ILogger Logger { get; }
}
