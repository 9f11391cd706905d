namespace Agent.LiveKit.Worker;

/// <summary>A worker's answer to a <see cref="JobRequest"/>.</summary>
public sealed record JobAnswer
{
    private JobAnswer(JobAnswerKind kind) => Kind = kind;

    /// <summary>Yes, no, or nobody.</summary>
    public JobAnswerKind Kind { get; }

    /// <summary>Who the agent is in the room. Default: <c>agent-</c> and the job's id.</summary>
    public string? ParticipantIdentity { get; init; }

    /// <summary>The agent's name for display. Default: the agent's name, if it has one.</summary>
    public string? ParticipantName { get; init; }

    /// <summary>The agent's participant metadata.</summary>
    public string? ParticipantMetadata { get; init; }

    /// <summary>Further participant attributes; the agent's name is always among them.</summary>
    public IReadOnlyDictionary<string, string>? ParticipantAttributes { get; init; }

    /// <summary>This worker takes the job, under the identity <c>agent-JOB</c> unless the answer says otherwise.</summary>
    public static JobAnswer Accept() => new(JobAnswerKind.Accept);

    /// <summary>Not this worker: the server asks another one.</summary>
    public static JobAnswer Decline() => new(JobAnswerKind.Decline);

    /// <summary>Nobody is to take the job: the server ends it with success and asks no other worker.</summary>
    public static JobAnswer Terminate() => new(JobAnswerKind.Terminate);
}
