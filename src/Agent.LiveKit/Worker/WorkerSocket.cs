using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Threading.Channels;
using Agent.LiveKit.Api;
using Agent.LiveKit.Worker.Machine;
using Agent.Protocol;
using Google.Protobuf;

namespace Agent.LiveKit.Worker;

/// <summary>One WebSocket to the server: opens, reads frames into messages, writes messages in order, and tells the worker's loop.</summary>
internal sealed class WorkerSocket : IDisposable
{
    /// <summary>The largest frame read, as the server's own limit for the other direction. A larger one is skipped and counted.</summary>
    public const int MaxFrameBytes = 2 * 1024 * 1024;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly Channel<WorkerMessage> _outgoing = Channel.CreateUnbounded<WorkerMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _abort = new();
    private readonly CancellationTokenSource _closing;
    private readonly LiveKitServer _server;
    private readonly IWorkerSocketEvents _events;
    private readonly TimeProvider _time;

    public WorkerSocket(int number, LiveKitServer server, IWorkerSocketEvents events, TimeProvider time)
    {
        Number = number;
        _server = server;
        _events = events;
        _time = time;
        _closing = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        Completion = Task.Run(RunAsync);
    }

    public int Number { get; }

    /// <summary>Ends when the socket is gone and nothing more will be told.</summary>
    public Task Completion { get; }

    public void Send(WorkerMessage message) => _outgoing.Writer.TryWrite(message);

    /// <summary>Sends what is queued, then closes.</summary>
    public void Close()
    {
        _outgoing.Writer.TryComplete();
        _closing.CancelAfter(CloseTimeout);
    }

    public void Abort() => _abort.Cancel();

    public void Dispose()
    {
        _abort.Dispose();
        _closing.Dispose();
    }

    private static (ConnectFailure Failure, string Reason) Explain(Exception error, HttpStatusCode status, LiveKitServer server) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => (
            ConnectFailure.Refused,
            $"The LiveKit server at {server.WebSocketUrl} refused the API key '{server.ApiKey}' (HTTP {(int)status}). Check {LiveKitServer.ApiKeyVariable} and {LiveKitServer.ApiSecretVariable}, and that the clocks of both machines agree."),
        HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.OK or HttpStatusCode.MovedPermanently or HttpStatusCode.Found => (
            ConnectFailure.NoEndpoint,
            $"{server.WebSocketUrl}agent is no endpoint for agent workers (HTTP {(int)status}). Check that {LiveKitServer.UrlVariable} is the address of a LiveKit server."),
        default(HttpStatusCode) => (ConnectFailure.Unreachable, (error.GetBaseException() is { } cause && cause != error ? cause : error).Message),
        _ => (ConnectFailure.Unreachable, $"HTTP {(int)status}"),
    };

    private async Task RunAsync()
    {
        using var socket = new ClientWebSocket();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_abort.Token, _closing.Token);
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan; // the protocol's own pings say more
        socket.Options.SetRequestHeader("Authorization", "Bearer " + Token());
        try
        {
            await socket.ConnectAsync(new Uri(_server.WebSocketUrl, "agent?protocol=1"), ending.Token);
        }
        catch (Exception e)
        {
            // Whatever it is, the worker's loop says it and tries again.
            var (failure, reason) = Explain(e, socket.HttpStatusCode, _server);
            _events.OpenFailed(Number, failure, reason);
            return;
        }

        _events.Opened(Number);
        var writing = WriteAsync(socket, ending.Token);
        var reason1 = await ReadAsync(socket, ending.Token);
        _outgoing.Writer.TryComplete();
        await ending.CancelAsync();
        var reason2 = await writing;
        _events.Closed(Number, reason1 ?? reason2 ?? "the server closed it");
    }

    private string Token() => new AccessToken(_server.ApiKey, _server.ApiSecret, _time) { Video = new VideoGrants { Agent = true } }.ToJwt();

    private async Task<string?> ReadAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        var chunk = new byte[16 * 1024];
        var frame = new ArrayBufferWriter<byte>(chunk.Length);
        long length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(chunk.AsMemory(), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                    return socket.CloseStatusDescription is { Length: > 0 } text ? $"the server closed it: {text}" : $"the server closed it ({socket.CloseStatus})";

                length += part.Count;
                if (length <= MaxFrameBytes)
                    frame.Write(chunk.AsSpan(0, part.Count));
                if (!part.EndOfMessage)
                    continue;

                if (part.MessageType == WebSocketMessageType.Binary && length <= MaxFrameBytes && TryParse(frame.WrittenSpan) is { } message)
                    _events.Received(Number, message);
                else
                    _events.Dropped(Number, length);
                frame.ResetWrittenCount();
                length = 0;
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            return e is OperationCanceledException ? "closed by this worker" : e.GetBaseException().Message;
        }
    }

    private static ServerMessage? TryParse(ReadOnlySpan<byte> frame)
    {
        try
        {
            return ServerMessage.Parser.ParseFrom(frame);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private async Task<string?> WriteAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken))
                await socket.SendAsync(message.ToByteArray(), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // A socket that takes no more bytes gives no more bytes either, or soon: end the reading too.
            if (!_abort.IsCancellationRequested)
                await _abort.CancelAsync();
            return e is OperationCanceledException ? null : e.GetBaseException().Message;
        }
    }
}
