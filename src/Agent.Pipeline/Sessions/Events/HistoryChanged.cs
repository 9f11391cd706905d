using Agent.Pipeline.History;

namespace Agent.Pipeline.Sessions.Events;

/// <summary>The history has a new item, or a better version of one with the same identifier.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Item">The item.</param>
public sealed record HistoryChanged(TimeSpan At, HistoryItem Item) : SessionEvent(At);
