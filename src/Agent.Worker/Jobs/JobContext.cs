using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;

namespace Agent.Worker.Jobs;

/// <summary>What an agent's own code can reach while its job runs.</summary>
public sealed class JobContext
{
    internal JobContext(JobDetails job, RoomParticipant participant, Session session, IServiceProvider services, ILogger logger)
    {
        Job = job;
        Participant = participant;
        Session = session;
        Services = services;
        Logger = logger;
    }

    /// <summary>The job: its room and its metadata.</summary>
    public JobDetails Job { get; }

    /// <summary>Whom the agent talks to first.</summary>
    public RoomParticipant Participant { get; }

    /// <summary>The conversation: say something, let the model answer, interrupt, close.</summary>
    public Session Session { get; }

    /// <summary>The services of this job: scoped ones live as long as the job.</summary>
    public IServiceProvider Services { get; }

    /// <summary>A logger whose lines carry the worker, the agent, the job and the room.</summary>
    public ILogger Logger { get; }
}
