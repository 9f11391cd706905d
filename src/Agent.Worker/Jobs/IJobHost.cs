using Agent.LiveKit.Worker;

namespace Agent.Worker.Jobs;

/// <summary>
/// Where jobs run. The supervisor knows no more than this: an agent's name and an assignment go in, one end comes out, and whatever happens in
/// between stays on the other side.
/// </summary>
internal interface IJobHost
{
    /// <summary>Gets ready before the first job, so that what is missing shows at start and not in a call.</summary>
    /// <exception cref="Pipeline.Errors.ConfigurationException">A library is missing or does not load.</exception>
    void Prepare();

    /// <summary>Runs one job to its end; what is left to do then, such as leaving the room, goes on. Never throws: a failure is an end, too.</summary>
    /// <param name="agentName">Which agent.</param>
    /// <param name="job">The assignment.</param>
    /// <param name="cancellationToken">Ends the job early, politely.</param>
    Task<JobEnd> RunAsync(string agentName, AssignedJob job, CancellationToken cancellationToken);

    /// <summary>Waits until nothing is left to do for jobs that have ended.</summary>
    Task SettleAsync();
}
