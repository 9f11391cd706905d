using Agent.Pipeline.History;

namespace Agent.Pipeline.Sessions;

/// <summary>How a session ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Error">The failure that ended it; null unless <see cref="SessionCloseReason.Failed"/>.</param>
/// <param name="History">Everything that was said and heard.</param>
public sealed record SessionResult(SessionCloseReason Reason, Exception? Error, IReadOnlyList<HistoryItem> History);
