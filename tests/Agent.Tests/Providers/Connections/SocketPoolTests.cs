using System.Net.WebSockets;
using Agent.Pipeline.Errors;
using Agent.Providers.Connections;
using Agent.Testing;

namespace Agent.Tests.Providers.Connections;

public sealed class SocketPoolTests
{
    private static readonly CancellationToken s_limit = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    private int _connections;

    [Fact]
    public async Task Take_Warm_OpensNothing()
    {
        await using var stand = await SocketStand.ServeAsync(UntilClosedAsync);
        await using var pool = Pool(stand, new ManualTimeProvider());
        await pool.WarmUpAsync(s_limit);
        await pool.WarmUpAsync(s_limit);
        Assert.Equal((1, 1), (_connections, pool.Idle));
        await using var socket = await pool.TakeAsync(s_limit);
        Assert.Equal((1, 0), (_connections, pool.Idle));
    }

    [Fact]
    public async Task Return_Clean_IsUsedAgain()
    {
        await using var stand = await SocketStand.ServeAsync(UntilClosedAsync);
        await using var pool = Pool(stand, new ManualTimeProvider());
        var first = await pool.TakeAsync(s_limit);
        await pool.ReturnAsync(first);
        await using var second = await pool.TakeAsync(s_limit);
        Assert.Same(first, second);
    }

    [Fact]
    public async Task Take_TooOld_OpensANewOne()
    {
        var time = new ManualTimeProvider();
        await using var stand = await SocketStand.ServeAsync(UntilClosedAsync);
        await using var pool = Pool(stand, time);
        await pool.WarmUpAsync(s_limit);
        time.TryFireNext(TimeSpan.FromMinutes(11));
        await using var socket = await pool.TakeAsync(s_limit);
        Assert.Equal(2, _connections);
        Assert.Equal(TimeSpan.Zero, socket.Age);
    }

    [Fact]
    public async Task Take_ClosedMeanwhile_OpensANewOne()
    {
        var close = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        await using var stand = await SocketStand.ServeAsync(async (server, context) =>
        {
            await close.Task;
            await server.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "idle", s_limit);
            await UntilClosedAsync(server, context);
            closed.TrySetResult();
        });
        await using var pool = Pool(stand, new ManualTimeProvider());
        var first = await pool.TakeAsync(s_limit);
        await pool.ReturnAsync(first);
        close.SetResult();
        await UntilAsync(() => !first.StaysQuiet());
        await using var second = await pool.TakeAsync(s_limit);
        Assert.NotSame(first, second);
    }

    [Fact]
    public async Task Return_WithSomethingToSay_IsNotUsedAgain()
    {
        await using var stand = await SocketStand.ServeAsync(async (server, context) =>
        {
            await server.SendAsync("late"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, s_limit);
            await UntilClosedAsync(server, context);
        });
        await using var pool = Pool(stand, new ManualTimeProvider());
        var first = await pool.TakeAsync(s_limit);
        await UntilAsync(() => !first.StaysQuiet());
        await pool.ReturnAsync(first);
        Assert.Equal(0, pool.Idle);
    }

    [Fact]
    public async Task WarmUp_Refused_IsSilentAndTheCallTells()
    {
        await using var stand = await SocketStand.StartAsync(context =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        await using var pool = Pool(stand, new ManualTimeProvider());
        await pool.WarmUpAsync(s_limit);
        var error = await Assert.ThrowsAsync<ProviderException>(async () => await pool.TakeAsync(s_limit));
        Assert.Equal(ProviderErrorKind.Authentication, error.Kind);
    }

    [Fact]
    public async Task Return_AfterDispose_CloseIt()
    {
        await using var stand = await SocketStand.ServeAsync(UntilClosedAsync);
        var pool = Pool(stand, new ManualTimeProvider());
        var socket = await pool.TakeAsync(s_limit);
        await pool.DisposeAsync();
        await pool.ReturnAsync(socket);
        Assert.False(socket.IsOpen);
    }

    private static async Task UntilClosedAsync(WebSocket server, Microsoft.AspNetCore.Http.HttpContext context)
    {
        try
        {
            while ((await server.ReceiveAsync(new byte[100], context.RequestAborted)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The test is over.
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            s_limit.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private SocketPool Pool(SocketStand stand, TimeProvider time) => new(
        token =>
        {
            _connections++;
            return stand.ConnectAsync(token, time);
        },
        maxIdle: 2,
        TimeSpan.FromMinutes(10));
}
