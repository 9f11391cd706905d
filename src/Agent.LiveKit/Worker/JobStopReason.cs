namespace Agent.LiveKit.Worker;

/// <summary>Why a job was told to end.</summary>
public enum JobStopReason
{
    /// <summary>It was not told to.</summary>
    None,

    /// <summary>
    /// The server ended it: its dispatch was deleted, or the agent left or was removed from the room. A room that is deleted ends no job by
    /// itself: the agent sees that by being disconnected.
    /// </summary>
    ServerTerminated,

    /// <summary>The drain took longer than it was allowed to.</summary>
    DrainTimeout,

    /// <summary>The worker is being disposed without a drain.</summary>
    WorkerStopped,
}
