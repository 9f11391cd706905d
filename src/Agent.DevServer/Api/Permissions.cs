using Agent.DevServer.Tokens;

namespace Agent.DevServer.Api;

/// <summary>Which grant each part of the server API asks for.</summary>
internal static class Permissions
{
    public static void RequireCreate(AccessToken? token)
    {
        if (token?.Video is not { RoomCreate: true })
            throw TwirpException.PermissionDenied();
    }

    public static void RequireList(AccessToken? token)
    {
        if (token?.Video is not { RoomList: true })
            throw TwirpException.PermissionDenied();
    }

    public static void RequireAdmin(AccessToken? token, string room)
    {
        if (token?.Video is not { RoomAdmin: true } video || !string.Equals(video.Room, room, StringComparison.Ordinal))
            throw TwirpException.PermissionDenied();
    }
}
