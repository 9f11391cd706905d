using Agent.Pipeline.Ledger;
using Agent.Pipeline.Turns;
using Microsoft.Extensions.Logging;

namespace Agent.Pipeline.Sessions;

internal static partial class SessionLog
{
    [LoggerMessage(2000, LogLevel.Information, "Session started")]
    internal static partial void Started(ILogger logger);

    [LoggerMessage(2001, LogLevel.Information, "Session ended: {Reason}")]
    internal static partial void Ended(ILogger logger, SessionCloseReason reason);

    [LoggerMessage(2002, LogLevel.Information, "Listening to {Participant}")]
    internal static partial void Linked(ILogger logger, string participant);

    [LoggerMessage(2003, LogLevel.Information, "{Participant} has left")]
    internal static partial void Unlinked(ILogger logger, string participant);

    [LoggerMessage(2004, LogLevel.Debug, "Agent is {State}")]
    internal static partial void AgentState(ILogger logger, AgentState state);

    [LoggerMessage(2005, LogLevel.Debug, "{Kind}: {Reason}")]
    internal static partial void Decided(ILogger logger, DecisionKind kind, string reason);

    [LoggerMessage(
        2006,
        LogLevel.Debug,
        "Turn {SpeechId} ({Cause}) {Outcome}: transcript {TranscriptFinal}, end of turn {EndOfTurn}, first token {FirstToken}, first clause {FirstClause}, first audio byte {FirstAudioByte}, first audio in room {FirstAudioInRoom}, played {Played}, barge-in {BargeIn}")]
    internal static partial void TurnEnded(
        ILogger logger,
        string speechId,
        SpeechCause cause,
        SpeechOutcome outcome,
        TimeSpan? transcriptFinal,
        TimeSpan? endOfTurn,
        TimeSpan? firstToken,
        TimeSpan? firstClause,
        TimeSpan? firstAudioByte,
        TimeSpan? firstAudioInRoom,
        TimeSpan played,
        TimeSpan? bargeIn);

    // Whoever runs the session is told by its event; this has the stack.
    [LoggerMessage(2007, LogLevel.Debug, "{Stage} failed, {InARow} in a row")]
    internal static partial void Failed(ILogger logger, SessionStage stage, int inARow, Exception error);

    [LoggerMessage(2008, LogLevel.Error, "Session closed without waiting any longer for: {Parts}")]
    internal static partial void Abandoned(ILogger logger, string parts);

    [LoggerMessage(2020, LogLevel.Information, "Recording to {File}")]
    internal static partial void RecordingStarted(ILogger logger, string file);

    [LoggerMessage(2021, LogLevel.Error, "The recording in {Directory} is not complete, and ends; the conversation goes on")]
    internal static partial void RecordingEnded(ILogger logger, string directory, Exception error);

    [LoggerMessage(2010, LogLevel.Debug, "Reply begun {Lead} before it was certain to be wanted; used: {IsUsed}")]
    internal static partial void PreemptiveReplyEnded(ILogger logger, bool isUsed, TimeSpan lead);

    [LoggerMessage(2013, LogLevel.Debug, "Turn detector {Detector}: {Probability} ({Reason})")]
    internal static partial void Estimated(ILogger logger, string detector, double? probability, string reason);

    [LoggerMessage(2012, LogLevel.Warning, "{Provider} could not make what the agent says when its engines have failed; it is asked again. {Why}")]
    internal static partial void FailureSpeechNotMade(ILogger logger, string provider, string why, Exception? unforeseen);

    [LoggerMessage(2011, LogLevel.Warning, "An engine could not be warmed up; it is as quick as without. {Why}")]
    internal static partial void WarmUpFailed(ILogger logger, string why, Exception? unforeseen);

    [LoggerMessage(2009, LogLevel.Error, "An observer of the session failed; it is not called again")]
    internal static partial void ObserverFailed(ILogger logger, Exception error);
}
