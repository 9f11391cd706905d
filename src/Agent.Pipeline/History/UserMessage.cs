namespace Agent.Pipeline.History;

/// <summary>A turn of the user.</summary>
/// <param name="Id">Unique in the session.</param>
/// <param name="At">When the turn began, on the session's clock.</param>
/// <param name="Text">What was understood, or typed.</param>
/// <param name="ParticipantIdentity">Who spoke; null when the application put the words in.</param>
public sealed record UserMessage(string Id, TimeSpan At, string Text, string? ParticipantIdentity) : HistoryItem(Id, At);
