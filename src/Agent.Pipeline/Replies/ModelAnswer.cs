using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Replies;

/// <summary>What the model answers to the history.</summary>
/// <param name="Instructions">What it is told for this answer only; null is nothing.</param>
/// <param name="UserInput">What the application says in the user's place; null is nothing.</param>
/// <param name="ToolMode">Whether it may or must call tools in its first step; null leaves it to the definition.</param>
internal sealed record ModelAnswer(string? Instructions = null, string? UserInput = null, ChatToolMode? ToolMode = null) : SpeechSource;
