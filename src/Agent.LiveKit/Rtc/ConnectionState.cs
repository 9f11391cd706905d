namespace Agent.LiveKit.Rtc;

/// <summary>Where a room's connection stands.</summary>
public enum ConnectionState
{
    /// <summary>Not connected: not yet, or no longer.</summary>
    Disconnected,

    /// <summary>The server has been asked to let us in.</summary>
    Connecting,

    /// <summary>In the room.</summary>
    Connected,

    /// <summary>The connection is lost and being restored; calls wait or fail.</summary>
    Reconnecting,
}
