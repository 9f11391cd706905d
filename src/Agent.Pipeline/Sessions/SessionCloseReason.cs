namespace Agent.Pipeline.Sessions;

/// <summary>Why a session ended.</summary>
public enum SessionCloseReason
{
    /// <summary>The application, or the one who runs the session, asked for it.</summary>
    Requested,

    /// <summary>The linked participant left and did not come back within <see cref="SessionOptions.RejoinTimeout"/>.</summary>
    ParticipantLeft,

    /// <summary>The room is gone.</summary>
    RoomClosed,

    /// <summary>Too many failures in a row.</summary>
    Failed,
}
