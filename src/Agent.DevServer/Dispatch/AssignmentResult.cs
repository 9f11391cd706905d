using Agent.Protocol;

namespace Agent.DevServer.Dispatch;

/// <summary>What became of offering a job to one worker.</summary>
/// <param name="State">The job's state when the worker took it; else null.</param>
/// <param name="MayTryAnother">Whether the job may be offered to another worker.</param>
/// <param name="Reason">Why the worker did not take it.</param>
internal sealed record AssignmentResult(JobState? State, bool MayTryAnother, string Reason)
{
    public static AssignmentResult NotAvailable { get; } = new(State: null, MayTryAnother: true, "the worker is not available");

    public static AssignmentResult WorkerGone { get; } = new(State: null, MayTryAnother: true, "the worker is gone");

    public static AssignmentResult Given(JobState state) => new(state, MayTryAnother: false, "");

    public static AssignmentResult Failed(string reason) => new(State: null, MayTryAnother: false, reason);
}
