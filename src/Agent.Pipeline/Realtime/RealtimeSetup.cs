using Agent.Pipeline.History;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Realtime;

/// <summary>What a new connection to a speech-to-speech model has to know before anything else.</summary>
public sealed record RealtimeSetup
{
    /// <summary>What the model is told about its part; may be empty.</summary>
    public string Instructions { get; init; } = "";

    /// <summary>What the model may call.</summary>
    public IReadOnlyList<AITool> Tools { get; init; } = [];

    /// <summary>What was said before, as the user has heard it.</summary>
    public IReadOnlyList<HistoryItem> History { get; init; } = [];

    /// <summary>Whether the model tells that the user's turn has ended; otherwise <see cref="IRealtimeConnection.Commit"/> does.</summary>
    public bool EndsTurns { get; init; }

    /// <summary>Whether what the user says is wanted as text.</summary>
    public bool Transcribes { get; init; }
}
