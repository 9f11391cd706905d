namespace Agent.LiveKit.Worker;

/// <summary>What the load that a worker reports is made of.</summary>
public enum WorkerLoadStrategy
{
    /// <summary>Jobs running or accepted, of the most allowed.</summary>
    Slots,

    /// <summary>The smoothed use of the CPU that the worker may have.</summary>
    Cpu,

    /// <summary>The larger of both.</summary>
    Larger,
}
