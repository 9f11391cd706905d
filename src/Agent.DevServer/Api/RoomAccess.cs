using Agent.DevServer.Rooms;

namespace Agent.DevServer.Api;

/// <summary>Does the work of a call inside the room that it names.</summary>
internal static class RoomAccess
{
    private const string NoRoom = "requested room does not exist";

    public static async Task<T> InRoomAsync<T>(this RoomDirectory rooms, string name, Func<ServerRoom, T> work)
    {
        var room = rooms.Find(name) ?? throw TwirpException.NotFound(NoRoom);
        try
        {
            return await room.Loop.AskAsync(() => room.IsClosed ? throw TwirpException.NotFound(NoRoom) : work(room));
        }
        catch (RoomClosedException)
        {
            throw TwirpException.NotFound(NoRoom);
        }
    }

    public static Task<T> WithParticipantAsync<T>(this RoomDirectory rooms, string name, string identity, Func<ServerRoom, RoomParticipant, T> work)
    {
        // A missing room is a missing participant, as LiveKit has it.
        if (rooms.Find(name) is null)
            throw TwirpException.NotFound("participant does not exist");
        return rooms.InRoomAsync(name, room => work(room, room.Find(identity) ?? throw TwirpException.NotFound("participant does not exist")));
    }
}
