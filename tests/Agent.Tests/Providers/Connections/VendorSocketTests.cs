using System.Net.WebSockets;
using System.Text;
using Agent.Pipeline.Errors;
using Agent.Providers.Connections;

namespace Agent.Tests.Providers.Connections;

public sealed class VendorSocketTests
{
    private static readonly CancellationToken s_limit = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Theory]
    [InlineData(400, ProviderErrorKind.BadRequest, false)]
    [InlineData(401, ProviderErrorKind.Authentication, false)]
    [InlineData(402, ProviderErrorKind.Quota, false)]
    [InlineData(403, ProviderErrorKind.Authentication, false)]
    [InlineData(429, ProviderErrorKind.RateLimit, true)]
    [InlineData(500, ProviderErrorKind.Connection, true)]
    [InlineData(503, ProviderErrorKind.Connection, true)]
    [InlineData(418, ProviderErrorKind.Protocol, false)]
    public async Task Connect_Refused_SaysWhyWithoutTheKey(int status, ProviderErrorKind kind, bool isTransient)
    {
        await using var stand = await SocketStand.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers["x-request-id"] = "r-1";
            context.Response.Headers["x-error"] = "FIXED_WORD";
            context.Response.Headers.RetryAfter = "3";
            return Task.CompletedTask;
        });
        var error = await Assert.ThrowsAsync<ProviderException>(() => stand.ConnectAsync(s_limit));
        Assert.Equal((kind, isTransient, status, "r-1"), (error.Kind, error.IsTransient, error.HttpStatus, error.RequestId));
        Assert.Equal(TimeSpan.FromSeconds(3), error.RetryAfter);
        Assert.Contains("FIXED_WORD", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-key", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Connect_LedElsewhere_KeyIsNotGivenThere(int status)
    {
        var isAsked = false;
        await using var elsewhere = await SocketStand.ServeAsync((_, _) =>
        {
            isAsked = true;
            return Task.CompletedTask;
        });
        await using var stand = await SocketStand.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = elsewhere.Address.ToString();
            return Task.CompletedTask;
        });

        var error = await Assert.ThrowsAsync<ProviderException>(() => stand.ConnectAsync(s_limit));

        Assert.Equal((ProviderErrorKind.Protocol, false, status), (error.Kind, error.IsTransient, error.HttpStatus));
        Assert.False(isAsked);
    }

    [Fact]
    public async Task Connect_NobodyListens_IsATransientConnectionError()
    {
        var stand = await SocketStand.StartAsync(_ => Task.CompletedTask);
        await stand.DisposeAsync();
        var error = await Assert.ThrowsAsync<ProviderException>(() => stand.ConnectAsync(s_limit));
        Assert.Equal((ProviderErrorKind.Connection, true), (error.Kind, error.IsTransient));
        Assert.Contains("127.0.0.1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_NeverAnswered_EndsWithTheToken()
    {
        await using var stand = await SocketStand.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stand.ConnectAsync(stop.Token));
    }

    [Fact]
    public async Task Receive_ReaderThatTakesItsTime_LosesNothing()
    {
        const int Messages = 200;
        var keepAlive = TimeSpan.FromMilliseconds(50);
        await using var stand = await SocketStand.ServeAsync(async (server, _) =>
        {
            // Whatever is answered to a keep-alive stands behind the sound that nobody has read yet.
            var listening = server.ReceiveAsync(new byte[16].AsMemory(), s_limit).AsTask();
            var sound = new byte[4_800];
            for (var i = 0; i < Messages; i++)
                await server.SendAsync(sound.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, s_limit);
            await server.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", s_limit);
            await listening;
        });
        await using var socket = await stand.ConnectAsync(s_limit, keepAlive: keepAlive);

        var received = 0;
        for (; (await socket.ReceiveAsync(s_limit)).Kind == VendorMessageKind.Binary; received++)
        {
            if (received is 0 or Messages / 2)
                await Task.Delay(10 * keepAlive, TimeProvider.System, s_limit);
        }

        Assert.Equal(Messages, received);
    }

    [Fact]
    public async Task Receive_InManyFrames_IsOneMessage()
    {
        var text = string.Concat(Enumerable.Repeat("übergroß ", 5_000));
        await using var stand = await SocketStand.ServeAsync(async (server, _) =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var i = 0; i < bytes.Length; i += 777)
                await server.SendAsync(bytes.AsMemory(i, Math.Min(777, bytes.Length - i)), WebSocketMessageType.Text, i + 777 >= bytes.Length, s_limit);
            await server.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", s_limit);
        });
        await using var socket = await stand.ConnectAsync(s_limit);
        var message = await socket.ReceiveAsync(s_limit);
        Assert.Equal((VendorMessageKind.Text, text), (message.Kind, Encoding.UTF8.GetString(message.Payload.Span)));
        Assert.Equal(VendorMessageKind.Closed, (await socket.ReceiveAsync(s_limit)).Kind);
        Assert.Equal((1000, "done"), (socket.CloseCode, socket.CloseReason));
    }

    [Fact]
    public async Task Receive_TooLong_IsAProtocolError()
    {
        await using var stand = await SocketStand.ServeAsync(async (server, _) => await server.SendAsync(new byte[100_000], WebSocketMessageType.Binary, endOfMessage: true, s_limit));
        await using var socket = await stand.ConnectAsync(s_limit, maxMessageBytes: 50_000);
        var error = await Assert.ThrowsAsync<ProviderException>(async () => await socket.ReceiveAsync(s_limit));
        Assert.Equal(ProviderErrorKind.Protocol, error.Kind);
    }

    [Fact]
    public async Task Receive_GoneWithoutAWord_IsATransientConnectionError()
    {
        await using var stand = await SocketStand.ServeAsync(async (server, context) =>
        {
            await server.ReceiveAsync(new byte[10], s_limit);
            context.Abort();
        });
        await using var socket = await stand.ConnectAsync(s_limit);
        await socket.SendTextAsync("go"u8.ToArray(), s_limit);
        var error = await Assert.ThrowsAsync<ProviderException>(async () => await socket.ReceiveAsync(s_limit));
        Assert.Equal((ProviderErrorKind.Connection, true), (error.Kind, error.IsTransient));
        Assert.False(socket.IsOpen);
    }

    [Fact]
    public async Task Send_ManyAtOnce_MessagesStayWhole()
    {
        var received = new List<int>();
        var all = new TaskCompletionSource();
        await using var stand = await SocketStand.ServeAsync(async (server, _) =>
        {
            var buffer = new byte[4_000];
            while (received.Count < 200)
            {
                var part = await server.ReceiveAsync(buffer.AsMemory(), s_limit);
                Assert.True(part.EndOfMessage);
                Assert.All(buffer.AsSpan(0, part.Count).ToArray(), b => Assert.Equal(buffer[0], b));
                received.Add(part.Count);
            }

            all.SetResult();
        });
        await using var socket = await stand.ConnectAsync(s_limit);
        await Parallel.ForAsync(0, 200, s_limit, async (i, token) => await socket.SendBinaryAsync(Enumerable.Repeat((byte)i, 10 + (i * 10)).ToArray(), token));
        await all.Task.WaitAsync(s_limit);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => 10 + (i * 10)), received.Order());
    }

    [Fact]
    public async Task Dispose_TellsTheServer()
    {
        var closed = new TaskCompletionSource<WebSocketCloseStatus?>();
        await using var stand = await SocketStand.ServeAsync(async (server, _) =>
        {
            var part = await server.ReceiveAsync(new byte[10], s_limit);
            closed.SetResult(part.CloseStatus);
        });
        await (await stand.ConnectAsync(s_limit)).DisposeAsync();
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await closed.Task.WaitAsync(s_limit));
    }
}
