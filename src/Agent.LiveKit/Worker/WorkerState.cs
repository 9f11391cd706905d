namespace Agent.LiveKit.Worker;

/// <summary>Where a worker stands with its server.</summary>
public enum WorkerState
{
    /// <summary>Not started.</summary>
    Created,

    /// <summary>Connecting, or waiting to try again; gets no jobs. Running jobs go on.</summary>
    Connecting,

    /// <summary>Registered: gets jobs, as far as it has room for them.</summary>
    Registered,

    /// <summary>Finishes its jobs and takes none.</summary>
    Draining,

    /// <summary>Ended.</summary>
    Closed,
}
