using System.Net.WebSockets;
using System.Threading.Channels;
using Google.Protobuf;

namespace Agent.DevServer.Sockets;

/// <summary>
/// A WebSocket that carries one protobuf message per binary frame. What is to be sent waits in a bounded queue; a client that lets it fill up is cut off,
/// so that a connection holds at most <see cref="QueueLength"/> messages and one incoming message of the size limit.
/// </summary>
internal sealed class MessageSocket<TOut>(WebSocket socket, int maxMessageBytes)
    where TOut : class, IMessage
{
    /// <summary>Messages that may wait to be sent.</summary>
    public const int QueueLength = 4096;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Reads one message.</summary>
    /// <returns>The bytes of a binary message; null when the client closed the socket, sent text, or sent more than the limit.</returns>
    public async Task<(byte[]? Message, SocketEnd End)> ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        var length = 0;
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close)
                    return (null, SocketEnd.Closed);
                if (received.MessageType != WebSocketMessageType.Binary)
                    return (null, SocketEnd.Text);
                length += received.Count;
                if (received.EndOfMessage)
                    return (buffer.AsSpan(0, length).ToArray(), SocketEnd.None);
                if (length >= maxMessageBytes)
                    return (null, SocketEnd.TooLarge);
                if (length == buffer.Length)
                    Array.Resize(ref buffer, Math.Min(buffer.Length * 4, maxMessageBytes));
            }
        }
        catch (WebSocketException)
        {
            return (null, SocketEnd.Lost);
        }
    }

    /// <summary>Sends what is queued until the queue is completed or the socket fails, then closes the socket.</summary>
    public async Task SendAllAsync(ChannelReader<TOut> outgoing, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in outgoing.ReadAllAsync(cancellationToken))
                await socket.SendAsync(message.ToByteArray(), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The reader sees the same end and reports it.
        }

        await CloseAsync();
    }

    private async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(CloseTimeout);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, limit.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }
}
