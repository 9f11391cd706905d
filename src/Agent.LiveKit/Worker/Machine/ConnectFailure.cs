namespace Agent.LiveKit.Worker.Machine;

/// <summary>Why a connection could not be opened.</summary>
internal enum ConnectFailure
{
    /// <summary>Nobody answered, or not in time, or with a passing error: worth another try.</summary>
    Unreachable,

    /// <summary>HTTP 401 or 403: the key pair, or the clock.</summary>
    Refused,

    /// <summary>HTTP 404 and the like: something else than a LiveKit server with agents.</summary>
    NoEndpoint,
}
