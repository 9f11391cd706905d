namespace Agent.Pipeline.Rooms;

/// <summary>Something that happened in the room.</summary>
public abstract record RoomEvent
{
    private protected RoomEvent()
    {
    }
}
