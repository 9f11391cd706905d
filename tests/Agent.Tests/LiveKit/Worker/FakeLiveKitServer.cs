using System.Threading.Channels;
using Agent.LiveKit.Api;
using Agent.Tests.LiveKit.Api;
using Microsoft.AspNetCore.Http;

namespace Agent.Tests.LiveKit.Worker;

/// <summary>The worker endpoint of a LiveKit server on a real loopback socket, played by the test.</summary>
internal sealed class FakeLiveKitServer : IAsyncDisposable
{
    private readonly Channel<FakeWorkerConnection> _connections = Channel.CreateUnbounded<FakeWorkerConnection>();
    private LoopbackServer? _server;
    private readonly Channel<int> _refusals = Channel.CreateUnbounded<int>();

    public Uri Url { get; private set; } = null!;

    /// <summary>The HTTP status for connections, where it is not to be a WebSocket.</summary>
    public int? RefuseWith { get; set; }

    public bool WasRefusedAgain => _refusals.Reader.TryRead(out _);

    public LiveKitServer Settings => new(Url.ToString(), "devkey", "secret");

    public static async Task<FakeLiveKitServer> StartAsync()
    {
        var server = new FakeLiveKitServer();
        await server.ListenAsync(0);
        return server;
    }

    /// <summary>Goes away as a killed process does, connections included.</summary>
    public async Task KillAsync()
    {
        await _server!.DisposeAsync();
        _server = null;
    }

    /// <summary>Comes back on the same port.</summary>
    public Task RestartAsync() => ListenAsync(Url.Port);

    /// <summary>Ends when the next worker has been refused.</summary>
    public Task RefusedAsync() => _refusals.Reader.ReadAsync().AsTask().WaitAsync(FakeWorkerConnection.Patience);

    /// <summary>The next worker that connects.</summary>
    public Task<FakeWorkerConnection> AcceptAsync() => _connections.Reader.ReadAsync().AsTask().WaitAsync(FakeWorkerConnection.Patience);

    /// <summary>The next worker that connects, registered, with pings answered.</summary>
    public async Task<FakeWorkerConnection> AcceptRegisteredAsync(string workerId = "AW_1", bool answerPings = true)
    {
        var connection = await AcceptAsync();
        connection.AnswerPings = answerPings;
        await connection.RegisterAsync(workerId);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private async Task ListenAsync(int port)
    {
        _server = await LoopbackServer.StartAsync(HandleAsync, port);
        Url = _server.Url;
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (RefuseWith is { } status)
        {
            _refusals.Writer.TryWrite(status);
            context.Response.StatusCode = status;
            return;
        }

        if (context.Request.Path != "/agent" || context.Request.Query["protocol"] != "1" || !context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = 404;
            return;
        }

        var claims = await new TokenVerifier("devkey", "secret").VerifyAsync(context.Request.Headers.Authorization.ToString()["Bearer ".Length..]);
        if (claims.Video is not { Agent: true })
        {
            context.Response.StatusCode = 401;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.Zero });
        using var connection = new FakeWorkerConnection(socket, context.Abort);
        await _connections.Writer.WriteAsync(connection);
        await connection.ReadAsync(context.RequestAborted);
    }
}
