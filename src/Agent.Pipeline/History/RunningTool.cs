namespace Agent.Pipeline.History;

/// <summary>The place of a tool's result while the tool runs; the <see cref="ToolCall"/> takes it over.</summary>
/// <param name="Id">As that of the result.</param>
/// <param name="At">When it was called, on the session's clock.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">The arguments by name.</param>
internal sealed record RunningTool(string Id, TimeSpan At, string Name, IReadOnlyDictionary<string, object?> Arguments) : HistoryItem(Id, At);
