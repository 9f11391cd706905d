namespace Agent.DevServer.Rooms;

/// <summary>The rooms that exist, by name.</summary>
internal sealed class RoomDirectory : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ServerRoom> _rooms = new(StringComparer.Ordinal);
    private readonly HashSet<Task> _closing = [];
    private bool _disposed;

    public IReadOnlyList<ServerRoom> All
    {
        get
        {
            lock (_gate)
                return [.. _rooms.Values];
        }
    }

    public ServerRoom? Find(string name)
    {
        lock (_gate)
            return _rooms.GetValueOrDefault(name);
    }

    /// <summary>Finds a room or creates it.</summary>
    /// <returns>The room, and whether it is new.</returns>
    /// <exception cref="OperationCanceledException">The server stops.</exception>
    public (ServerRoom Room, bool IsNew) GetOrCreate(string name, Func<RoomSettings> settings, RoomEnvironment environment)
    {
        lock (_gate)
        {
            if (_disposed)
                throw new OperationCanceledException("The server stops.");
            if (_rooms.TryGetValue(name, out var room))
                return (room, false);
            room = new ServerRoom(name, settings(), environment, Closed);
            _rooms.Add(name, room);
            return (room, true);
        }
    }

    /// <summary>Closes all rooms and waits for them to end.</summary>
    public async ValueTask DisposeAsync()
    {
        ServerRoom[] rooms;
        lock (_gate)
        {
            _disposed = true;
            rooms = [.. _rooms.Values];
        }

        foreach (var room in rooms)
            room.Loop.Post(() => room.Close(Agent.Protocol.DisconnectReason.ServerShutdown));
        foreach (var room in rooms)
            await room.DisposeAsync();
        Task[] closing;
        lock (_gate)
            closing = [.. _closing];
        await Task.WhenAll(closing);
    }

    private void Closed(ServerRoom room)
    {
        lock (_gate)
        {
            if (_rooms.TryGetValue(room.Name, out var current) && ReferenceEquals(current, room))
                _rooms.Remove(room.Name);
            if (_disposed)
                return;
            _closing.RemoveWhere(task => task.IsCompleted);
            // On the loop that is to end: its end is awaited elsewhere.
            _closing.Add(Task.Run(async () => await room.DisposeAsync()));
        }
    }
}
