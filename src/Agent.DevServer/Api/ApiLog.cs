namespace Agent.DevServer.Api;

internal static partial class ApiLog
{
    [LoggerMessage(1101, LogLevel.Error, "The call of {Path} failed")]
    public static partial void CallFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(1102, LogLevel.Information, "Refused {Path}: {Reason}")]
    public static partial void Refused(ILogger logger, string path, string reason);
}
