using System.Net.Sockets;
using Agent.WebRtc;

namespace Agent.DevServer.Media;

internal static partial class MediaLog
{
    [LoggerMessage(1301, LogLevel.Debug, "Receiving from the media socket failed once: {Error}")]
    public static partial void ReceiveFailed(ILogger logger, SocketError error);

    [LoggerMessage(1302, LogLevel.Trace, "A datagram of {Length} bytes from {Remote} belongs to no connection, or to one that is behind")]
    public static partial void Dropped(ILogger logger, TransportAddress remote, int length);

    [LoggerMessage(1303, LogLevel.Debug, "Sending a datagram to {Remote} failed: {Error}")]
    public static partial void SendFailed(ILogger logger, TransportAddress remote, SocketError error);

    [LoggerMessage(1304, LogLevel.Error, "Handing on a datagram failed; the socket goes on")]
    public static partial void DispatchFailed(ILogger logger, Exception exception);
}
