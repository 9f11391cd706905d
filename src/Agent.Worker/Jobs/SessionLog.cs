using Agent.Pipeline.Ledger;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;

namespace Agent.Worker.Jobs;

internal static partial class SessionLog
{
    [LoggerMessage(3101, LogLevel.Information, "turn={Turn} {Cause} {Outcome}, {Seconds:0.0} s played: {Latencies}")]
    internal static partial void Turn(ILogger logger, string turn, SpeechCause cause, SpeechOutcome outcome, double seconds, string latencies);

    [LoggerMessage(3102, LogLevel.Information, "talking to {Identity} ({Kind})")]
    internal static partial void Linked(ILogger logger, string identity, ParticipantKind kind);

    [LoggerMessage(3103, LogLevel.Warning, "{Stage} failed ({InARow} in a row): {Kind} {Why}")]
    internal static partial void Failed(ILogger logger, SessionStage stage, int inARow, string kind, string why);
}
