namespace Agent.LiveKit.Worker;

/// <summary>What a worker does with the jobs that a server offers and gives it.</summary>
public interface IJobHandler
{
    /// <summary>
    /// Decides about one job. The answer is due within <see cref="AgentWorkerOptions.AnswerTimeout"/>; the token is cancelled then, and the
    /// job is declined, so that another worker gets it. Not asked while the worker is full or drains.
    /// </summary>
    ValueTask<JobAnswer> AnswerAsync(JobRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Does one job to its end. Returning reports success, an exception failure (an <see cref="Pipeline.Errors.AgentException"/> with its message).
    /// The token is cancelled when the job is to end early, for the reason in <see cref="AssignedJob.StopReason"/>; ending by it counts as success
    /// when the server asked for it. The final status reaches the server also when the connection is lost meanwhile.
    /// </summary>
    Task RunAsync(AssignedJob job, CancellationToken cancellationToken);
}
