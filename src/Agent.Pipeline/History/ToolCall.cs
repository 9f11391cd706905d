namespace Agent.Pipeline.History;

/// <summary>A tool that the model called, with its result; kept whatever becomes of the reply, so that no tool runs twice.</summary>
/// <param name="Id">The call's identifier as the model gave it.</param>
/// <param name="At">When it was called, on the session's clock.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">The arguments by name.</param>
/// <param name="Result">What the tool returned, as given to the model.</param>
/// <param name="IsError">Whether the tool failed.</param>
public sealed record ToolCall(
    string Id,
    TimeSpan At,
    string Name,
    IReadOnlyDictionary<string, object?> Arguments,
    object? Result,
    bool IsError) : HistoryItem(Id, At);
