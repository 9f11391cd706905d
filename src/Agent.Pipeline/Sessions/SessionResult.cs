using Agent.Pipeline.History;
using Agent.Pipeline.Speech;

namespace Agent.Pipeline.Sessions;

/// <summary>How a session ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Error">The failure that ended it; null unless <see cref="SessionCloseReason.Failed"/>.</param>
/// <param name="History">Everything that was said and heard.</param>
public sealed record SessionResult(SessionCloseReason Reason, Exception? Error, IReadOnlyList<HistoryItem> History)
{
    /// <summary>What listening has cost, over all connections to recognisers.</summary>
    public SpeechUsage Listening { get; init; }
}
