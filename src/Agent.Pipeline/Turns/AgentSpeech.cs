using Agent.Pipeline.Ledger;

namespace Agent.Pipeline.Turns;

/// <summary>An utterance of the agent as the turn machine sees it: its place in the queue and how far it is.</summary>
internal sealed record AgentSpeech
{
    internal const int NormalPriority = 5;

    /// <summary>Unique in the session.</summary>
    public required string Id { get; init; }

    /// <summary>Why the agent speaks.</summary>
    public required SpeechCause Cause { get; init; }

    /// <summary>0 to 10; the higher goes first, then the older.</summary>
    public int Priority { get; init; } = NormalPriority;

    /// <summary>Whether the user cannot interrupt it.</summary>
    public bool IsProtected { get; init; }

    /// <summary>The number of the user's turn that it answers; zero where it answers none.</summary>
    public long TurnNumber { get; init; }

    /// <summary>The words, where the machine itself chose them (a filler); null otherwise.</summary>
    public string? Text { get; init; }

    /// <summary>Since when it has had the floor without being heard; null while it is heard.</summary>
    public TimeSpan? SilentSince { get; init; }

    /// <summary>Whether it waits for a tool, so that others may speak meanwhile.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>How many fillers have covered its silence.</summary>
    public int Fillers { get; init; }

    /// <summary>Whether its first sound was handed to the room.</summary>
    public bool IsAudible { get; init; }

    /// <summary>When its first sound was handed to the room; null before.</summary>
    public TimeSpan? AudibleAt { get; init; }

    /// <summary>Whether it is held because the user speaks.</summary>
    public bool IsHeld { get; init; }
}
