using Agent.Pipeline.History;
using Agent.Pipeline.Listening.Echo;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Recordings;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Turns;
using Microsoft.Extensions.Logging;

namespace Agent.Pipeline.Sessions;

/// <summary>What the parts of one session share. The history and the events belong to the session's loop.</summary>
internal sealed class SessionContext
{
    internal required AgentDefinition Agent { get; init; }

    internal required SessionOptions Options { get; init; }

    /// <summary>The options of the turn machine, for this session's engines.</summary>
    internal required TurnOptions Turns { get; init; }

    internal required IConversationRoom Room { get; init; }

    internal required RoomWriter RoomWriter { get; init; }

    internal required SessionClock Clock { get; init; }

    internal required SessionLoop Loop { get; init; }

    internal required SessionEvents Events { get; init; }

    internal required FailureCount Failures { get; init; }

    internal required ILogger Logger { get; init; }

    /// <summary>Records the session; null where it is not recorded.</summary>
    internal SessionRecorder? Recorder { get; init; }

    /// <summary>The speech-to-speech model; null where the agent has none.</summary>
    internal RealtimeLink? Realtime { get; set; }

    internal ConversationHistory History { get; } = new();

    /// <summary>What the room has heard of the agent lately.</summary>
    internal EchoGuard Echo { get; } = new();

    internal void Write(HistoryItem item)
    {
        // A speech-to-speech model answers before the user's words are known.
        if (Realtime is not null && item is (UserMessage or AgentMessage))
            History.WriteByTime(item);
        else
            History.Write(item);
        Events.Raise(new HistoryChanged(Clock.Now, item));
    }
}
