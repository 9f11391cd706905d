namespace Agent.Pipeline.Sessions;

/// <summary>How an utterance behaves.</summary>
public sealed record SpeechOptions
{
    /// <summary>The priority of what is said when nothing else waits.</summary>
    public const int LowPriority = 0;

    /// <summary>The priority of everything that says nothing about it.</summary>
    public const int NormalPriority = 5;

    /// <summary>The priority of what goes before everything else.</summary>
    public const int HighPriority = 10;

    /// <summary>Whether the user may interrupt it.</summary>
    /// <value>Default true.</value>
    public bool AllowInterruption { get; init; } = true;

    /// <summary>Which goes first when several wait: the higher, then the older.</summary>
    /// <value>0 to 10: <see cref="LowPriority"/> 0, <see cref="NormalPriority"/> 5, <see cref="HighPriority"/> 10; default 5.</value>
    public int Priority { get; init; } = NormalPriority;

    /// <summary>Whether what is heard of it enters the history.</summary>
    /// <value>Default true.</value>
    public bool AddToHistory { get; init; } = true;
}
