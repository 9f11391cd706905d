using Agent.Pipeline.History;
using Agent.Pipeline.Replies;

namespace Agent.Pipeline.Sessions;

/// <summary>An answer made in advance, and what it was made from.</summary>
/// <param name="Making">The answer.</param>
/// <param name="History">What had been said before the turn that it answers.</param>
/// <param name="UserText">The words of that turn.</param>
/// <param name="StartedAt">When it was begun, on the session's clock.</param>
internal sealed record PreparedSpeech(SpeechMaking Making, IReadOnlyList<HistoryItem> History, string UserText, TimeSpan StartedAt);
