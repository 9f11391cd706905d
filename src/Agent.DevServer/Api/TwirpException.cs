namespace Agent.DevServer.Api;

/// <summary>A call of the server API is refused; becomes the error answer that Twirp defines (Twirp wire protocol v7, "Errors").</summary>
internal sealed class TwirpException(TwirpCode code, string message) : Exception(message)
{
    public TwirpCode Code { get; } = code;

    public static TwirpException NotFound(string message) => new(TwirpCode.NotFound, message);

    public static TwirpException InvalidArgument(string message) => new(TwirpCode.InvalidArgument, message);

    public static TwirpException PermissionDenied() => new(TwirpCode.Unauthenticated, "permissions denied");
}
