namespace Agent.DevServer.Api;

/// <summary>How the error codes are written, and the HTTP status of each (Twirp wire protocol v7, "Error Codes").</summary>
internal static class TwirpCodes
{
    public static (string Name, int Status) Describe(TwirpCode code) => code switch
    {
        TwirpCode.Malformed => ("malformed", 400),
        TwirpCode.InvalidArgument => ("invalid_argument", 400),
        TwirpCode.Unauthenticated => ("unauthenticated", 401),
        TwirpCode.NotFound => ("not_found", 404),
        TwirpCode.BadRoute => ("bad_route", 404),
        TwirpCode.FailedPrecondition => ("failed_precondition", 412),
        TwirpCode.ResourceExhausted => ("resource_exhausted", 429),
        TwirpCode.DeadlineExceeded => ("deadline_exceeded", 408),
        _ => ("internal", 500),
    };
}
