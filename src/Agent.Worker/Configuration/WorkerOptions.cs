using System.ComponentModel.DataAnnotations;
using Agent.LiveKit.Worker;

namespace Agent.Worker.Configuration;

/// <summary>How much one worker takes on and how it ends. Section <c>Worker</c>.</summary>
public sealed class WorkerOptions
{
    /// <summary>The configuration section: <c>Worker</c>.</summary>
    public const string Section = "Worker";

    /// <summary>Jobs that run at the same time; further ones are left to other workers.</summary>
    /// <value>1 to 10,000; default 25.</value>
    [Range(1, 10_000)]
    public int MaxJobs { get; set; } = 25;

    /// <summary>How long the first registration with the server may take before the worker gives up. Afterwards it reconnects for ever.</summary>
    /// <value>1 second to 10 minutes; default 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long jobs may go on after the worker was asked to stop.</summary>
    /// <value>0 to 1 day; default 30 minutes. A container's grace period has to be longer.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long an ending job may take to leave its room before it is abandoned.</summary>
    /// <value>1 second to 1 minute; default 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long connecting to a job's room may take.</summary>
    /// <value>1 second to 1 minute; default 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a job waits for somebody to talk to.</summary>
    /// <value>1 second to 1 day; default 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ParticipantWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What the load that the server sees is made of; a worker with places left always reports less than the server's limit.</summary>
    /// <value>Slots, Cpu or Larger; default Larger.</value>
    public WorkerLoadStrategy Load { get; set; } = WorkerLoadStrategy.Larger;

    /// <summary>The CPU use, 1 being everything this worker may have, from which on jobs are left to other workers; null never.</summary>
    /// <value>0.05 to 1; default null.</value>
    [Range(0.05, 1)]
    public double? CpuLimit { get; set; }
}
