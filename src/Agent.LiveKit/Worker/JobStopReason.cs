namespace Agent.LiveKit.Worker;

/// <summary>Why a job was told to end.</summary>
public enum JobStopReason
{
    /// <summary>It was not told to.</summary>
    None,

    /// <summary>The server ended it: its dispatch was deleted, its room closed, or the agent was removed.</summary>
    ServerTerminated,

    /// <summary>The drain took longer than it was allowed to.</summary>
    DrainTimeout,

    /// <summary>The worker is being disposed without a drain.</summary>
    WorkerStopped,
}
