namespace Agent.Worker.Agents;

/// <summary>An agent that code has added; its options carry the same name.</summary>
/// <param name="Value">The name that a dispatch asks for; empty joins every new room.</param>
internal sealed record AgentName(string Value);
