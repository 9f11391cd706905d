namespace Agent.Pipeline.History;

/// <summary>One entry of the conversation: what was really said and heard.</summary>
/// <param name="Id">Unique in the session.</param>
/// <param name="At">When it began, on the session's clock.</param>
public abstract record HistoryItem(string Id, TimeSpan At);
