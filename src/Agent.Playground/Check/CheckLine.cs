namespace Agent.Playground.Check;

/// <summary>One thing that the caller says.</summary>
/// <param name="Says">The words.</param>
/// <param name="Expected">A word that the agent's answer has to contain; null takes any answer.</param>
/// <param name="BargesIn">Whether the caller speaks over the agent instead of waiting for its silence.</param>
internal sealed record CheckLine(string Says, string? Expected = null, bool BargesIn = false);
