namespace Agent.DevServer.Rooms;

/// <summary>A room has as many participants as it may have.</summary>
internal sealed class RoomFullException() : Exception("room has exceeded its max participants");
