using Agent.LiveKit.Rtc.Native;
using Agent.Pipeline.Turns;

namespace Agent.LiveKit.Rtc.Conversation;

/// <summary>How an agent takes part in a room.</summary>
public sealed record ConversationRoomOptions
{
    /// <summary>How the room is joined.</summary>
    public RoomOptions Room { get; init; } = new();

    /// <summary>How the agent's voice is sent.</summary>
    public AudioSourceOptions Voice { get; init; } = new();

    /// <summary>How the agent's voice is published.</summary>
    public TrackPublishOptions Publish { get; init; } = new();

    /// <summary>The name of the agent's track.</summary>
    /// <value>Default <c>agent-voice</c>.</value>
    public string TrackName { get; init; } = "agent-voice";

    /// <summary>The state that is shown from the moment of joining.</summary>
    /// <value>Default <see cref="AgentState.Initializing"/>.</value>
    public AgentState InitialState { get; init; } = AgentState.Initializing;

    /// <summary>How long a participant who vanished without a word is still taken to be there: our own reconnecting makes everybody vanish and come again.</summary>
    /// <value>From 0 to 10 s; default 0.5 s.</value>
    public TimeSpan DepartureGrace { get; init; } = TimeSpan.FromMilliseconds(500);

    internal void Validate()
    {
        Room.Validate();
        Voice.Validate();
        Publish.Validate();
        Guard.RequiredText(TrackName);
        Guard.InRange(DepartureGrace, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }
}
