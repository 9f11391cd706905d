using Agent.Pipeline.Ledger;

namespace Agent.Pipeline.Turns;

/// <summary>An utterance of the agent as the turn machine sees it: its place in the queue and how far it is.</summary>
internal sealed record AgentSpeech
{
    internal const int NormalPriority = 5;

    /// <summary>Unique in the session.</summary>
    internal required string Id { get; init; }

    /// <summary>Why the agent speaks.</summary>
    internal required SpeechCause Cause { get; init; }

    /// <summary>0 to 10; the higher goes first, then the older.</summary>
    internal int Priority { get; init; } = NormalPriority;

    /// <summary>Whether the user cannot interrupt it.</summary>
    internal bool IsProtected { get; init; }

    /// <summary>The number of the user's turn that it answers; zero where it answers none.</summary>
    internal long TurnNumber { get; init; }

    /// <summary>The words, where the machine itself chose them (a filler); null otherwise.</summary>
    internal string? Text { get; init; }

    /// <summary>Since when it has had the floor without being heard; null while it is heard.</summary>
    internal TimeSpan? SilentSince { get; init; }

    /// <summary>Whether it waits for a tool, so that others may speak meanwhile.</summary>
    internal bool IsSuspended { get; init; }

    /// <summary>How many fillers have covered its silence.</summary>
    internal int Fillers { get; init; }

    /// <summary>Whether its first sound was handed to the room.</summary>
    internal bool IsAudible { get; init; }

    /// <summary>When its first sound was handed to the room; null before.</summary>
    internal TimeSpan? AudibleAt { get; init; }

    /// <summary>Whether it is held because the user speaks.</summary>
    internal bool IsHeld { get; init; }
}
