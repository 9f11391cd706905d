namespace Agent.Worker.Jobs;

/// <summary>Whether a job did what it was for.</summary>
internal enum JobEndKind
{
    /// <summary>It ended as conversations end.</summary>
    Succeeded,

    /// <summary>Something broke.</summary>
    Failed,
}
