using System.Globalization;
using System.Text;
using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions.Events;

namespace Agent.Testing;

/// <summary>Writes a conversation down, line by line: when, who, what.</summary>
internal static class ScreenplayTranscript
{
    internal static string Write(Screenplay play)
    {
        var lines = new List<(double At, string Who, string What)>();
        foreach (var (identity, line) in play.Room.Users.SelectMany(user => user.Value.Lines.Select(line => (user.Key, line))))
            lines.Add((line.From.TotalSeconds, identity, string.Create(CultureInfo.InvariantCulture, $"{(line.Text.Length == 0 ? "(a sound)" : line.Text)}  (to {line.To.TotalSeconds:F2})")));
        foreach (var (from, to) in play.Room.Voice())
            lines.Add((from, "agent", string.Create(CultureInfo.InvariantCulture, $"(a voice to {to:F2})")));
        foreach (var happened in play.Events)
        {
            if (Describe(happened) is { } described)
                lines.Add((happened.At.TotalSeconds, described.Who, described.What));
            if (Decisions(happened) is { } decisions)
                lines.AddRange(decisions.Select(decision => (decision.At.TotalSeconds, "decided", $"{decision.Kind}: {decision.Reason}")));
        }

        var text = new StringBuilder();
        foreach (var (at, who, what) in lines.OrderBy(line => line.At))
            text.Append(CultureInfo.InvariantCulture, $"{at,8:F2}  {who,-10}  {what}\n");
        return text.ToString();
    }

    /// <summary>What was decided until an event, where the event tells; null otherwise.</summary>
    internal static IReadOnlyList<Decision>? Decisions(SessionEvent happened) => happened switch
    {
        TurnEnded e => e.Entry.Decisions,
        UserTurnUnanswered e => e.Decisions,
        _ => null,
    };

    private static (string Who, string What)? Describe(SessionEvent happened) => happened switch
    {
        AgentStateChanged e => ("agent is", e.State.ToString()),
        UserStateChanged e => ("user is", e.State.ToString()),
        UserTranscribed { Caption.IsFinal: true } e => ("understood", e.Caption.Text),
        SpeechNotUnderstood => ("understood", "nothing"),
        HistoryChanged { Item: UserMessage item } => ("history", $"user: {item.Text}"),
        HistoryChanged { Item: AgentMessage item } => ("history", $"agent: {item.Text}{(item.Interrupted ? " –" : "")}"),
        HistoryChanged { Item: ToolCall item } => ("history", $"tool: {item.Name} = {item.Result}{(item.IsError ? " (failed)" : "")}"),
        TurnEstimated e => ("detector", string.Create(CultureInfo.InvariantCulture, $"finished to {e.Probability:P0}: {e.Reason}")),
        UserTurnLimitReached e => ("decided", string.Create(CultureInfo.InvariantCulture, $"the user's turn is too long: {e.Words} words, {e.Duration.TotalSeconds:F1} s")),
        TurnEnded e => ("turn", Describe(e.Entry)),
        ProviderFailed e => ("failed", $"{e.Stage}: {e.Error.Message}"),
        ParticipantLinked e => ("room", e.Participant is { } participant ? $"listens to {participant.Identity}" : "listens to nobody"),
        SessionClosed e => ("session", $"closed: {e.Result.Reason}"),
        _ => null,
    };

    private static string Describe(TurnEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entry.SpeechId} ({entry.Cause}) {entry.Outcome}, {entry.Played.TotalSeconds:F2} s heard{(entry.Latency.FirstAudioInRoom is { } first ? $", first after {first.TotalSeconds:F2} s" : "")}");
}
