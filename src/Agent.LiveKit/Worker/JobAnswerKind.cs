namespace Agent.LiveKit.Worker;

/// <summary>The three answers to a <see cref="JobRequest"/>.</summary>
public enum JobAnswerKind
{
    /// <summary>This worker takes the job.</summary>
    Accept,

    /// <summary>Another worker may take it.</summary>
    Decline,

    /// <summary>The job is not needed: it ends with success.</summary>
    Terminate,
}
