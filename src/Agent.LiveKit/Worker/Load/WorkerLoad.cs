using Agent.Protocol;

namespace Agent.LiveKit.Worker.Load;

/// <summary>Turns slots in use and CPU into what the server is told, by the rules of <see cref="WorkerLoadOptions"/>.</summary>
internal sealed class WorkerLoad(WorkerLoadOptions options)
{
    // A margin below the server's target: it compares in single precision, and a claim exactly at the target is none.
    private const double BelowTarget = 0.98;

    /// <summary>The smoothed CPU use, 0 to 1; 0 where it cannot be measured.</summary>
    public double Cpu { get; set; }

    /// <summary>Whether one more job would be too many.</summary>
    public bool IsFull(int slotsInUse) => slotsInUse >= options.MaxJobs || Cpu >= options.CpuLimit;

    /// <summary>What to report: less than the server's target load as long as a job would be taken, 1 otherwise.</summary>
    public UpdateWorkerStatus Report(int slotsInUse, bool isDraining)
    {
        var full = isDraining || IsFull(slotsInUse);
        return new UpdateWorkerStatus
        {
            Status = full ? WorkerStatus.WsFull : WorkerStatus.WsAvailable,
            Load = full ? 1f : (float)(Busy(slotsInUse) * options.ServerTargetLoad * BelowTarget),
            JobCount = (uint)slotsInUse,
        };
    }

    private double Busy(int slotsInUse)
    {
        var slots = (double)slotsInUse / options.MaxJobs;
        var cpu = Math.Clamp(Cpu, 0, 1);
        return options.Strategy switch
        {
            WorkerLoadStrategy.Slots => slots,
            WorkerLoadStrategy.Cpu => cpu,
            _ => Math.Max(slots, cpu),
        };
    }
}
