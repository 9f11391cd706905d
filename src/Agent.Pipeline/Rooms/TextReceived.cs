namespace Agent.Pipeline.Rooms;

/// <summary>Somebody typed to the agent.</summary>
/// <param name="Identity">The participant's identity.</param>
/// <param name="Text">The whole message.</param>
public sealed record TextReceived(string Identity, string Text) : RoomEvent;
