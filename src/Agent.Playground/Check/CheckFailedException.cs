using Agent.Pipeline.Errors;

namespace Agent.Playground.Check;

/// <summary>The conversation cannot go on.</summary>
internal sealed class CheckFailedException(string message) : AgentException(message);
