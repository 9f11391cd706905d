using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Rooms;

/// <summary>
/// A room as a session sees it: people who come and go, their voices, the agent's voice, captions and state. It reports and carries
/// out; whom to listen to and when to speak is the session's decision.
/// </summary>
public interface IConversationRoom
{
    /// <summary>The agent's voice into the room; ready to be written to, and the same object for the whole session.</summary>
    IAudioOutput AudioOutput { get; }

    /// <summary>
    /// One participant's voice. Reading may begin before the participant has published anything; it goes on over mute, unpublish and
    /// republish, and ends as the participant leaves. At most one reader for each participant at a time.
    /// </summary>
    /// <param name="participantIdentity">The identity of a participant that was reported by <see cref="ReadEventsAsync"/>.</param>
    IAudioInput ListenTo(string participantIdentity);

    /// <summary>
    /// What happens in the room, in order: first a <see cref="ParticipantJoined"/> for everybody who is there already; ends after
    /// <see cref="RoomClosed"/>. One reader.
    /// </summary>
    IAsyncEnumerable<RoomEvent> ReadEventsAsync(CancellationToken cancellationToken);

    /// <summary>Shows what a participant says; each caption replaces the earlier one of the same segment. Called one at a time, in order.</summary>
    /// <exception cref="Errors.AgentException">The room is gone.</exception>
    ValueTask ShowAsync(UserCaption caption, CancellationToken cancellationToken);

    /// <summary>Shows what the agent says; each caption adds to the earlier ones of the same segment. Called one at a time, in order.</summary>
    /// <exception cref="Errors.AgentException">The room is gone.</exception>
    ValueTask ShowAsync(AgentCaption caption, CancellationToken cancellationToken);

    /// <summary>Shows what the agent is doing. Called one at a time, in order.</summary>
    /// <exception cref="Errors.AgentException">The room is gone.</exception>
    ValueTask ShowAsync(AgentState state, CancellationToken cancellationToken);
}
