using System.Globalization;
using System.Text;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;

namespace Agent.Worker.Jobs;

/// <summary>Writes one log line for each turn with its latencies, and one for each failure; never a word of what was said.</summary>
internal sealed class SessionLogObserver(ILogger logger) : ISessionObserver
{
    public void OnEvent(SessionEvent sessionEvent)
    {
        switch (sessionEvent)
        {
            case TurnEnded { Entry: var entry }:
                if (logger.IsEnabled(LogLevel.Information))
                    SessionLog.Turn(logger, entry.SpeechId, entry.Cause, entry.Outcome, entry.Played.TotalSeconds, Describe(entry));
                break;
            case ParticipantLinked { Participant: { } participant }:
                SessionLog.Linked(logger, participant.Identity, participant.Kind);
                break;
            case ProviderFailed failed:
                SessionLog.Failed(logger, failed.Stage, failed.InARow, KindOf(failed.Error), failed.Error is AgentException ? ErrorText.Of(failed.Error) : "");
                break;
        }
    }

    private static string KindOf(Exception error) => error is ProviderException vendor ? vendor.Kind.ToString() : error.GetType().Name;

    /// <summary>For example <c>transcript 180, end of turn 512, token 515, clause 520, sound 560, room 561 ms after the user's speech</c>.</summary>
    internal static string Describe(TurnEntry entry)
    {
        var text = new StringBuilder();
        Append("transcript", entry.Latency.TranscriptFinal);
        Append("end of turn", entry.Latency.EndOfTurn);
        Append("token", entry.Latency.FirstToken);
        Append("clause", entry.Latency.FirstClause);
        Append("sound", entry.Latency.FirstAudioByte);
        Append("room", entry.Latency.FirstAudioInRoom);
        if (text.Length > 0)
            text.Append(entry.Cause is SpeechCause.UserTurn or SpeechCause.UserTurnLimit ? " ms after the user's speech" : " ms after the request");
        if (entry.BargeInLatency is { } bargeIn)
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? "; " : "")}silent {bargeIn.TotalMilliseconds:0} ms after the user began to speak");
        return text.ToString();

        void Append(string step, TimeSpan? after)
        {
            if (after is { } time)
                text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? ", " : "")}{step} {time.TotalMilliseconds:0}");
        }
    }
}
