namespace Agent.DevServer.Rooms;

/// <summary>Work that a room's loop does later, unless it is cancelled before.</summary>
internal sealed class RoomTimer(Action work)
{
    public Action Work { get; } = work;

    public bool IsCancelled { get; private set; }

    public void Cancel() => IsCancelled = true;
}
