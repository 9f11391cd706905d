using Agent.Pipeline.Errors;

namespace Agent.LiveKit.Worker;

/// <summary>
/// How many jobs a worker takes and what load it reports. Two things are kept apart on purpose. What is <em>reported</em> only chooses among
/// several workers: the server prefers the less loaded. What is <em>refused</em> is decided here, by <see cref="MaxJobs"/> and, only if wanted,
/// <see cref="CpuLimit"/>. A LiveKit server gives nothing to a worker that reports its target load (0.7) or more, and when every worker does, it
/// drops the dispatch for good without telling anybody. So a worker with room left always reports less than that, however busy its CPU is:
/// an answer that comes somewhat late is better than an agent that never comes.
/// </summary>
public sealed class WorkerLoadOptions
{
    /// <summary>What the reported load is made of. Default: the larger of slots in use and CPU.</summary>
    public WorkerLoadStrategy Strategy { get; init; } = WorkerLoadStrategy.Larger;

    /// <summary>The most jobs at once; more are declined. <value>At least 1; default 10 for each processor that the worker may use.</value></summary>
    public int MaxJobs { get; init; } = Environment.ProcessorCount * 10;

    /// <summary>
    /// The smoothed CPU use from which on jobs are declined. <value>More than 0, at most 1; default none: CPU alone never refuses.</value>
    /// Set it where several workers share the work and one of them is always free.
    /// </summary>
    public double? CpuLimit { get; init; }

    /// <summary>The time constant of the smoothing of CPU use. <value>Zero or more; default 5 s.</value></summary>
    public TimeSpan CpuSmoothing { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The server's setting <c>agents.target_load</c>. <value>More than 0, at most 1; default 0.7, as the server's.</value></summary>
    public double ServerTargetLoad { get; init; } = 0.7;

    internal void Validate()
    {
        if (!Enum.IsDefined(Strategy))
            throw new ConfigurationException($"The worker option {nameof(Strategy)} is {Strategy}; it must be one of {string.Join(", ", Enum.GetNames<WorkerLoadStrategy>())}.");
        if (MaxJobs < 1)
            throw new ConfigurationException($"The worker option {nameof(MaxJobs)} is {MaxJobs}; it must be at least 1.");
        if (CpuLimit is { } limit and not (> 0 and <= 1))
            throw new ConfigurationException($"The worker option {nameof(CpuLimit)} is {limit}; it must be more than 0 and at most 1, or not set.");
        if (CpuSmoothing < TimeSpan.Zero)
            throw new ConfigurationException($"The worker option {nameof(CpuSmoothing)} is {CpuSmoothing}; it must be zero or more.");
        if (ServerTargetLoad is not (> 0 and <= 1))
            throw new ConfigurationException($"The worker option {nameof(ServerTargetLoad)} is {ServerTargetLoad}; it must be more than 0 and at most 1, as agents.target_load in the server's configuration.");
    }
}
