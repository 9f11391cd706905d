namespace Agent.Pipeline.Sessions;

/// <summary>How an utterance behaves.</summary>
public sealed record SpeechOptions
{
    /// <summary>Whether the user may interrupt it.</summary>
    /// <value>Default true.</value>
    public bool AllowInterruption { get; init; } = true;

    /// <summary>Which goes first when several wait: the higher, then the older.</summary>
    /// <value>0 to 10: low 0, normal 5, high 10; default 5.</value>
    public int Priority { get; init; } = 5;

    /// <summary>Whether what is heard of it enters the history.</summary>
    /// <value>Default true.</value>
    public bool AddToHistory { get; init; } = true;
}
