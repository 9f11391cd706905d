namespace Agent.Pipeline.Rooms;

/// <summary>Somebody other than the agent is in the room.</summary>
/// <param name="Participant">Who it is.</param>
public sealed record ParticipantJoined(RoomParticipant Participant) : RoomEvent;
