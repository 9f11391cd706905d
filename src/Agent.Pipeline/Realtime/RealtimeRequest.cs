using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Realtime;

/// <summary>An answer that is wanted of a speech-to-speech model.</summary>
/// <param name="Id">Unique in the session; everything that belongs to the answer carries it.</param>
public sealed record RealtimeRequest(string Id)
{
    /// <summary>What the model is told for this answer only; null is nothing.</summary>
    public string? Instructions { get; init; }

    /// <summary>The words that it is to say; null leaves them to the model.</summary>
    public string? Text { get; init; }

    /// <summary>Whether it may or must call tools; null leaves it to the model.</summary>
    public ChatToolMode? ToolMode { get; init; }
}
