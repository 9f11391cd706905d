namespace Agent.LiveKit.Rtc;

/// <summary>What went wrong in a room.</summary>
public enum RoomErrorKind
{
    /// <summary>The server did not answer, or the connection to it was lost.</summary>
    Unreachable,

    /// <summary>The server refuses the token: unknown key, wrong secret, expired, or no grant to do this.</summary>
    Unauthorized,

    /// <summary>The room does not exist and may not be created.</summary>
    NotFound,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>The room has been left, or was closed by the server.</summary>
    Closed,

    /// <summary>The server or the native library refused the operation.</summary>
    Refused,

    /// <summary>The native library failed; the process should be replaced.</summary>
    Native,
}
