namespace Agent.Worker.Health;

/// <summary>Whether jobs can be taken, and why or why not.</summary>
internal sealed record Readiness(bool IsReady, string Reason);
