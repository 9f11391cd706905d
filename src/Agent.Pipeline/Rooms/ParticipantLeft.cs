namespace Agent.Pipeline.Rooms;

/// <summary>Somebody has left the room, for whatever reason.</summary>
/// <param name="Identity">The participant's identity.</param>
public sealed record ParticipantLeft(string Identity) : RoomEvent;
