using Agent.LiveKit.Worker;

namespace Agent.Worker.Jobs;

/// <summary>Joins rooms for jobs.</summary>
internal interface IJobRooms
{
    /// <summary>Gets ready before the first room.</summary>
    /// <exception cref="Pipeline.Errors.ConfigurationException">A library is missing or does not load.</exception>
    void Prepare();

    /// <summary>Joins the job's room under its token.</summary>
    /// <exception cref="Pipeline.Errors.AgentException">The room cannot be joined.</exception>
    Task<IJobRoom> JoinAsync(AssignedJob job, CancellationToken cancellationToken);
}
