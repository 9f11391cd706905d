using Agent.Pipeline.Turns;

namespace Agent.LiveKit.Rtc.Conversation;

/// <summary>Topics and attributes that LiveKit's clients know (https://docs.livekit.io/agents/build/text/).</summary>
internal static class WebConventions
{
    /// <summary>Text stream: captions of both sides.</summary>
    internal const string TranscriptionTopic = "lk.transcription";

    /// <summary>Text stream: what a person types.</summary>
    internal const string ChatTopic = "lk.chat";

    /// <summary>Attribute of a caption: the segment that it belongs to.</summary>
    internal const string SegmentId = "lk.segment_id";

    /// <summary>Attribute of a caption: the track that was transcribed.</summary>
    internal const string TranscribedTrackId = "lk.transcribed_track_id";

    /// <summary>Attribute of a caption: whether the segment is fixed.</summary>
    internal const string TranscriptionFinal = "lk.transcription_final";

    /// <summary>Attribute of the agent: what it is doing.</summary>
    internal const string AgentStateKey = "lk.agent.state";

    /// <summary>The agent's state as clients spell it.</summary>
    internal static string Name(AgentState state) => state switch
    {
        AgentState.Initializing => "initializing",
        AgentState.Idle => "idle",
        AgentState.Listening => "listening",
        AgentState.Thinking => "thinking",
        AgentState.Speaking => "speaking",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, $"{state} is no state of an agent."),
    };
}
