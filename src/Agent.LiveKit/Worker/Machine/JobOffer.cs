namespace Agent.LiveKit.Worker.Machine;

/// <summary>A job that the server offered on the current connection and has not assigned yet.</summary>
internal sealed class JobOffer(JobRequest request, TimeSpan deadline)
{
    public JobRequest Request { get; } = request;

    /// <summary>When the answer, then the assignment, is due.</summary>
    public TimeSpan Deadline { get; set; } = deadline;

    /// <summary>Under which identity it was accepted; nothing while the handler thinks.</summary>
    public string? AcceptedAs { get; set; }

    /// <summary>Accepted, but the assignment is overdue: holds no slot any more, and is run all the same if the assignment still comes.</summary>
    public bool IsOverdue { get; set; }
}
