namespace Agent.LiveKit.Api;

/// <summary>Twirp's error codes (Twirp specification v7, "Error Codes").</summary>
public enum TwirpErrorCode
{
    /// <summary>Something else, or a code that is not Twirp's.</summary>
    Unknown,

    /// <summary>The caller gave up.</summary>
    Canceled,

    /// <summary>An argument is wrong, whatever the state of the server.</summary>
    InvalidArgument,

    /// <summary>The request could not be decoded.</summary>
    Malformed,

    /// <summary>It took too long.</summary>
    DeadlineExceeded,

    /// <summary>There is no such room, participant or dispatch.</summary>
    NotFound,

    /// <summary>There is no such service or method: often a wrong address.</summary>
    BadRoute,

    /// <summary>It exists already.</summary>
    AlreadyExists,

    /// <summary>The token does not grant this.</summary>
    PermissionDenied,

    /// <summary>The token is missing or refused.</summary>
    Unauthenticated,

    /// <summary>A limit is reached.</summary>
    ResourceExhausted,

    /// <summary>The server is not in the state that this needs.</summary>
    FailedPrecondition,

    /// <summary>Another operation came in between.</summary>
    Aborted,

    /// <summary>A value is outside its range.</summary>
    OutOfRange,

    /// <summary>The server does not do this.</summary>
    Unimplemented,

    /// <summary>The server failed.</summary>
    Internal,

    /// <summary>The server cannot be reached or cannot answer now: worth another try.</summary>
    Unavailable,

    /// <summary>Data was lost.</summary>
    DataLoss,
}
