namespace Agent.DevServer.Api;

/// <summary>The error codes of Twirp that this server uses.</summary>
internal enum TwirpCode
{
    Malformed,
    InvalidArgument,
    Unauthenticated,
    NotFound,
    BadRoute,
    FailedPrecondition,
    ResourceExhausted,
    DeadlineExceeded,
    Internal,
}
