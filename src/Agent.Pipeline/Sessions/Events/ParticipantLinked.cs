using Agent.Pipeline.Rooms;

namespace Agent.Pipeline.Sessions.Events;

/// <summary>The session listens to somebody else now, or to nobody.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Participant">Whom it listens to; null when there is nobody.</param>
public sealed record ParticipantLinked(TimeSpan At, RoomParticipant? Participant) : SessionEvent(At);
