using System.Net.WebSockets;
using Google.Protobuf;

namespace Agent.Tests.DevServer;

/// <summary>The client side of a WebSocket that carries protobuf messages.</summary>
internal class TestSocket<TIn, TOut> : IAsyncDisposable
    where TIn : IMessage<TIn>, new()
    where TOut : IMessage
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1024 * 1024];

    public async Task ConnectAsync(Uri url, string? token)
    {
        if (token is not null)
            _socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        _socket.Options.CollectHttpResponseDetails = true;
        using var patience = new CancellationTokenSource(TestServer.Patience);
        await _socket.ConnectAsync(url, patience.Token);
    }

    public int HttpStatus => (int)_socket.HttpStatusCode;

    public Task SendAsync(TOut message) => SendRawAsync(message.ToByteArray());

    public async Task SendRawAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Binary)
    {
        using var patience = new CancellationTokenSource(TestServer.Patience);
        await _socket.SendAsync(bytes, type, endOfMessage: true, patience.Token);
    }

    /// <summary>The next message; null when the server closed the socket.</summary>
    public async Task<TIn?> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(TestServer.Patience);
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult received;
            try
            {
                received = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            }
            catch (WebSocketException)
            {
                return default;
            }

            if (received.MessageType == WebSocketMessageType.Close)
                return default;
            length += received.Count;
            if (!received.EndOfMessage)
                continue;
            var message = new TIn();
            message.MergeFrom(_buffer.AsSpan(0, length));
            return message;
        }
    }

    /// <summary>The next message for which a condition holds; those before it are passed over.</summary>
    public async Task<TIn> ReceiveAsync(Predicate<TIn> condition)
    {
        var passed = new List<string>();
        while (await ReceiveAsync() is { } message)
        {
            if (condition(message))
                return message;
            passed.Add(message.ToString()!);
        }

        throw new InvalidOperationException("The server closed the socket before the expected message. It had sent: " + string.Join("; ", passed));
    }

    /// <summary>Reads until the server closes the socket.</summary>
    public async Task<List<TIn>> ReceiveToEndAsync()
    {
        var messages = new List<TIn>();
        while (await ReceiveAsync() is { } message)
            messages.Add(message);
        return messages;
    }

    /// <summary>Drops the connection without a goodbye.</summary>
    public void Abort() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
