namespace Agent.Pipeline.History;

/// <summary>An utterance of the agent, no longer than what was heard.</summary>
/// <param name="Id">Unique in the session.</param>
/// <param name="At">When its first sound was sent, on the session's clock.</param>
/// <param name="Text">The words that were played.</param>
/// <param name="Interrupted">Whether more was to follow.</param>
public sealed record AgentMessage(string Id, TimeSpan At, string Text, bool Interrupted) : HistoryItem(Id, At);
