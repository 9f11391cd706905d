using System.Net.Sockets;

namespace Agent.DevServer.Media;

internal static partial class MediaLog
{
    [LoggerMessage(1301, LogLevel.Debug, "Receiving from the media socket failed once: {Error}")]
    public static partial void ReceiveFailed(ILogger logger, SocketError error);
}
