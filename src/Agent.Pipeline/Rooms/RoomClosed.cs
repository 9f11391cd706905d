namespace Agent.Pipeline.Rooms;

/// <summary>The agent is no longer in the room and will not come back; the last event.</summary>
/// <param name="Reason">Why, for the log.</param>
public sealed record RoomClosed(string Reason) : RoomEvent;
