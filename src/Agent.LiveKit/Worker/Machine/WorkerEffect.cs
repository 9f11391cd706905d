using Agent.Protocol;

namespace Agent.LiveKit.Worker.Machine;

/// <summary>What <see cref="WorkerMachine"/> wants done. The shell does it in order and reports back what came of it.</summary>
internal abstract record WorkerEffect
{
    /// <summary>Open a connection; everything that comes of it carries its number.</summary>
    internal sealed record Connect(int Connection) : WorkerEffect;

    /// <summary>Send a message on a connection.</summary>
    internal sealed record Send(int Connection, WorkerMessage Message) : WorkerEffect;

    /// <summary>Drop a connection without ceremony: it is dead or useless.</summary>
    internal sealed record Abort(int Connection) : WorkerEffect;

    /// <summary>Close a connection after what was sent on it.</summary>
    internal sealed record Close(int Connection) : WorkerEffect;

    /// <summary>Ask the handler about a job.</summary>
    internal sealed record Ask(int Connection, JobRequest Request) : WorkerEffect;

    /// <summary>The handler's answer is no longer wanted.</summary>
    internal sealed record CancelAsk(int Connection, string JobId) : WorkerEffect;

    /// <summary>Start a job.</summary>
    internal sealed record Run(AssignedJob Job) : WorkerEffect;

    /// <summary>Tell a job to end.</summary>
    internal sealed record Stop(string JobId, JobStopReason Reason) : WorkerEffect;

    /// <summary>The server has confirmed a job's final status, or can no longer be told.</summary>
    internal sealed record Reported(string JobId) : WorkerEffect;

    /// <summary>The worker cannot start.</summary>
    internal sealed record Fail(string Message) : WorkerEffect;
}
