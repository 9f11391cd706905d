namespace Agent.LiveKit.Rtc;

/// <summary>Why a participant is no longer in a room (the values are LiveKit's).</summary>
public enum DisconnectReason
{
    /// <summary>The server gave no reason.</summary>
    Unknown = 0,

    /// <summary>The participant left by itself.</summary>
    ClientInitiated = 1,

    /// <summary>Another participant joined with the same identity.</summary>
    DuplicateIdentity = 2,

    /// <summary>The server shuts down.</summary>
    ServerShutdown = 3,

    /// <summary>Removed through the server API.</summary>
    ParticipantRemoved = 4,

    /// <summary>The room was deleted through the server API.</summary>
    RoomDeleted = 5,

    /// <summary>Server and client disagree about the session; join again.</summary>
    StateMismatch = 6,

    /// <summary>The participant never became active.</summary>
    JoinFailure = 7,

    /// <summary>The room has moved to another server.</summary>
    Migration = 8,

    /// <summary>The signalling connection was closed and not restored in time.</summary>
    SignalClose = 9,

    /// <summary>The last participant that holds the room open has left.</summary>
    RoomClosed = 10,

    /// <summary>A called person did not answer.</summary>
    UserUnavailable = 11,

    /// <summary>A called person declined.</summary>
    UserRejected = 12,

    /// <summary>The telephone trunk failed.</summary>
    SipTrunkFailure = 13,

    /// <summary>The server has heard nothing from the participant for too long.</summary>
    ConnectionTimeout = 14,

    /// <summary>The media connection failed.</summary>
    MediaFailure = 15,

    /// <summary>The agent failed.</summary>
    AgentError = 16,
}
