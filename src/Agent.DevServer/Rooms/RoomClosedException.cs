namespace Agent.DevServer.Rooms;

/// <summary>The room was closed before the work could be done in it.</summary>
internal sealed class RoomClosedException() : Exception("The room was closed.");
