using Agent.LiveKit.Rtc.Native;

namespace Agent.LiveKit.Rtc;

/// <summary>
/// Why a room could not be joined, from the one line that the native library gives. Its wording is not an interface: what is not
/// recognised is passed on as it is, without secrets.
/// </summary>
internal static class ConnectErrors
{
    internal static RoomException From(string native, Uri address, string token, DateTimeOffset now)
    {
        var text = SecretRedactor.Redact(native);
        if (Has(native, "401", "403", "unauthorized", "permission", "invalid token"))
            return new RoomException(RoomErrorKind.Unauthorized, Unauthorized(address, AccessTokenShape.Check(token), now) + $" ({text})");
        if (Has(native, "404", "not found") && !Has(native, "dns", "lookup"))
            return new RoomException(RoomErrorKind.NotFound, $"{address} has no such room or is no LiveKit server: check the URL and, where rooms are not created by joining, that the room exists. ({text})");
        if (Has(native, "timeout", "timed out"))
            return new RoomException(RoomErrorKind.Timeout, $"{address} did not answer in time. Is the server running, and reachable from here? ({text})");
        return new RoomException(
            RoomErrorKind.Unreachable, $"{address} cannot be reached. Is the server running, is the URL right (LIVEKIT_URL), and does a firewall let us through? ({text})");
    }

    private static string Unauthorized(Uri address, AccessTokenShape token, DateTimeOffset now)
    {
        if (token.Expires is { } expires && expires < now)
            return $"{address} refuses the access token: it expired at {expires:u}, {(now - expires).TotalMinutes:0} minutes ago by our clock. Make a new one.";
        if (token.NotBefore is { } begins && begins > now)
            return $"{address} refuses the access token: it is valid from {begins:u}, and our clock says {now:u}. Set the clock that made it.";
        if (!token.CanJoin)
            return $"{address} refuses the access token: it lacks the grant roomJoin. Add it where the token is made.";
        if (token.Room.Length == 0)
            return $"{address} refuses the access token: it names no room. Set the grant 'room' where the token is made.";
        return $"{address} refuses the access token: its key '{token.Issuer}' is unknown there, or the secret is not the key's. Compare LIVEKIT_API_KEY and LIVEKIT_API_SECRET with the server's configuration.";
    }

    private static bool Has(string text, params ReadOnlySpan<string> needles)
    {
        foreach (var needle in needles)
        {
            if (text.Contains(needle, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
