using System.Net.WebSockets;
using System.Text;
using Agent.LoopbackVendors.Faults;

namespace Agent.LoopbackVendors.Serving;

/// <summary>A vendor's side of a WebSocket. Faults of the plan happen to whatever is sent; any number of senders, one receiver.</summary>
internal sealed class LoopbackSocket : IDisposable
{
    private const int PieceBytes = 64;

    private readonly WebSocket _socket;
    private readonly LoopbackConnection _connection;
    private readonly SocketFaultMessages _faultMessages;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private byte[] _buffer = new byte[64 * 1024];

    private LoopbackSocket(WebSocket socket, LoopbackConnection connection, SocketFaultMessages faultMessages)
    {
        _socket = socket;
        _connection = connection;
        _faultMessages = faultMessages;
    }

    public VendorRequest Request => _connection.Request;

    public CancellationToken Aborted => _connection.Aborted;

    public bool IsOpen => _socket.State is WebSocketState.Open or WebSocketState.CloseReceived;

    /// <summary>Answers the upgrade, unless it has been refused or hangs.</summary>
    /// <returns>The socket; null when there is none.</returns>
    public static async Task<LoopbackSocket?> AcceptAsync(LoopbackConnection connection, SocketFaultMessages faultMessages, string? subProtocol = null)
    {
        var context = connection.Context;
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }

        var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = subProtocol });
        return new LoopbackSocket(socket, connection, faultMessages);
    }

    public Task SendTextAsync(string json, CancellationToken cancellationToken) => SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, cancellationToken);

    public Task SendTextAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken) => SendAsync(utf8, WebSocketMessageType.Text, cancellationToken);

    public Task SendBinaryAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => SendAsync(bytes, WebSocketMessageType.Binary, cancellationToken);

    /// <summary>The next whole message; null when the client has closed or is gone. Its bytes are valid until the next call.</summary>
    public async Task<(WebSocketMessageType Type, ReadOnlyMemory<byte> Bytes)?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        try
        {
            while (true)
            {
                if (length == _buffer.Length)
                    Array.Resize(ref _buffer, 2 * length);
                var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    Request.Note("closed");
                    return null;
                }

                length += part.Count;
                if (part.EndOfMessage)
                    return (part.MessageType, _buffer.AsMemory(0, length));
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            Request.Note("aborted");
            return null;
        }
    }

    /// <summary>Closes in order.</summary>
    public async Task CloseAsync(int code, string? reason, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            if (IsOpen)
                await _socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, cancellationToken);
        }
        catch (WebSocketException)
        {
            Request.Note("aborted");
        }
        finally
        {
            _sending.Release();
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        try
        {
            await _sending.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The client is gone: the receiver finds out and ends the connection.
            Request.Note("unsent");
            return;
        }

        try
        {
            switch (await _connection.BeforeMessageAsync(cancellationToken))
            {
                case FaultKind.Drop:
                    _connection.Context.Abort();
                    break;
                case FaultKind.HalfClose:
                    await _socket.CloseOutputAsync((WebSocketCloseStatus)_connection.Fault.CloseCode, "internal error", cancellationToken);
                    break;
                case FaultKind.Garbage:
                    await SendWholeAsync("{\"type\": \u0001 <html>"u8.ToArray(), WebSocketMessageType.Text, cancellationToken);
                    break;
                case FaultKind.UnknownMessage:
                    await SendWholeAsync(_faultMessages.Unknown, _faultMessages.Type, cancellationToken);
                    break;
                case FaultKind.ErrorMessage:
                    await SendWholeAsync(_faultMessages.Error, _faultMessages.Type, cancellationToken);
                    if (_faultMessages.CloseCodeAfterError is { } code)
                        await _socket.CloseOutputAsync((WebSocketCloseStatus)code, _faultMessages.CloseReasonAfterError, cancellationToken);
                    break;
            }

            if (!IsOpen || _socket.CloseStatus is not null)
                return;
            if (type == WebSocketMessageType.Text)
                bytes = _connection.Fault.Mangle?.Invoke(bytes) ?? bytes;
            await (_connection.Fault.Kind is FaultKind.PartialFrames or FaultKind.SlowDrip
                ? SendPiecesAsync(bytes, type, cancellationToken)
                : SendWholeAsync(bytes, type, cancellationToken));
            _connection.CountMessage();
        }
        catch (Exception e) when (e is WebSocketException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // The client is gone, or this side has closed by a fault: the receiver finds out and ends the connection.
            Request.Note("unsent");
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task SendPiecesAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        var piece = _connection.Fault.Kind == FaultKind.SlowDrip ? Math.Max(PieceBytes, bytes.Length / 4) : PieceBytes;
        for (var done = 0; done < bytes.Length; done += piece)
        {
            var count = Math.Min(piece, bytes.Length - done);
            await _socket.SendAsync(bytes.Slice(done, count), type, endOfMessage: false, cancellationToken);
        }

        await _socket.SendAsync(ReadOnlyMemory<byte>.Empty, type, endOfMessage: true, cancellationToken);
    }

    private async Task SendWholeAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, CancellationToken cancellationToken) =>
        await _socket.SendAsync(bytes, type, endOfMessage: true, cancellationToken);
}
