using System.Net;

namespace Agent.DevServer;

internal static partial class ServerLog
{
    [LoggerMessage(1501, LogLevel.Information, "Listening at {Url}, media at UDP {MediaEndPoint}")]
    public static partial void Started(ILogger logger, Uri url, IPEndPoint mediaEndPoint);
}
