using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Sessions;

/// <summary>What the model is asked for, when the application asks instead of the user.</summary>
public sealed record ReplyOptions
{
    /// <summary>What the model is told for this answer only; null is nothing.</summary>
    /// <value>Default null.</value>
    public string? Instructions { get; init; }

    /// <summary>What the application says in the user's place; enters the history as a turn of the user when the answer begins. Null is nothing.</summary>
    /// <value>Default null.</value>
    public string? UserInput { get; init; }

    /// <summary>Whether the model may, must or must not call tools in its first step; null leaves it to the definition.</summary>
    /// <value>Default null.</value>
    public ChatToolMode? ToolMode { get; init; }
}
