using System.Net;
using Agent.LiveKit.Api;
using Agent.Pipeline.Errors;
using Agent.Protocol;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Agent.Tests.LiveKit.Api;

public class TwirpTests
{
    [Fact]
    public async Task CreateRoomAsync_Request_IsTwirpWithATokenForJustThat()
    {
        HttpRequest? seen = null;
        string path = "", method = "", type = "";
        ClaimGrants? claims = null;
        CreateRoomRequest? request = null;
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            seen = context.Request;
            (path, method, type) = (seen.Path, seen.Method, seen.ContentType ?? "");
            claims = await new TokenVerifier("key", "secret").VerifyAsync(seen.Headers.Authorization.ToString()["Bearer ".Length..]);
            var body = new MemoryStream();
            await seen.Body.CopyToAsync(body);
            request = CreateRoomRequest.Parser.ParseFrom(body.ToArray());
            await Answer(context, new Room { Name = request.Name, Sid = "RM_1" });
        });

        var room = await new RoomServiceClient(server.Url.ToString(), "key", "secret").CreateRoomAsync(new CreateRoomRequest { Name = "tea", EmptyTimeout = 9 });

        Assert.Equal("RM_1", room.Sid);
        Assert.Equal(("/twirp/livekit.RoomService/CreateRoom", "POST", "application/protobuf"), (path, method, type));
        Assert.Equal(new CreateRoomRequest { Name = "tea", EmptyTimeout = 9 }, request);
        Assert.Equal(new VideoGrants { RoomCreate = true }, claims!.Video);
        Assert.Equal(TimeSpan.FromMinutes(10), claims.ExpiresAt - claims.NotBefore);
    }

    [Fact]
    public async Task EveryMethod_Called_UsesItsRouteAndTheLeastGrants()
    {
        var seen = new List<(string Path, VideoGrants Grants)>();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            var claims = await new TokenVerifier("key", "secret").VerifyAsync(context.Request.Headers.Authorization.ToString()["Bearer ".Length..]);
            lock (seen)
                seen.Add((context.Request.Path, claims.Video!));
            await Answer(context, new ListRoomsResponse());
        });
        var rooms = new RoomServiceClient(server.Url.ToString().Replace("http", "ws", StringComparison.Ordinal), "key", "secret");
        var agents = new AgentDispatchClient(server.Url.ToString(), "key", "secret");

        await rooms.CreateRoomAsync(new CreateRoomRequest { Name = "tea" });
        await rooms.ListRoomsAsync(["tea"]);
        await rooms.DeleteRoomAsync("tea");
        await rooms.UpdateRoomMetadataAsync("tea", "m");
        await rooms.ListParticipantsAsync("tea");
        await rooms.GetParticipantAsync("tea", "ada");
        await rooms.RemoveParticipantAsync("tea", "ada");
        await rooms.MutePublishedTrackAsync("tea", "ada", "TR_1", true);
        await rooms.UpdateParticipantAsync(new UpdateParticipantRequest { Room = "tea", Identity = "ada" });
        await rooms.UpdateSubscriptionsAsync("tea", "ada", ["TR_1"], true);
        await rooms.SendDataAsync(new SendDataRequest { Room = "tea" });
        await rooms.ForwardParticipantAsync("tea", "ada", "garden");
        await rooms.MoveParticipantAsync("tea", "ada", "garden");
        await rooms.PerformRpcAsync("tea", "ada", "greet", "hi");
        await agents.CreateDispatchAsync("tea", "assistant");
        await agents.DeleteDispatchAsync("AD_1", "tea");
        await agents.GetDispatchAsync("AD_1", "tea");
        await agents.ListDispatchAsync("tea");

        var admin = new VideoGrants { RoomAdmin = true, Room = "tea" };
        var both = admin with { DestinationRoom = "garden" };
        (string, VideoGrants)[] expected =
        [
            ("RoomService/CreateRoom", new VideoGrants { RoomCreate = true }),
            ("RoomService/ListRooms", new VideoGrants { RoomList = true }),
            ("RoomService/DeleteRoom", new VideoGrants { RoomCreate = true }),
            ("RoomService/UpdateRoomMetadata", admin),
            ("RoomService/ListParticipants", admin),
            ("RoomService/GetParticipant", admin),
            ("RoomService/RemoveParticipant", admin),
            ("RoomService/MutePublishedTrack", admin),
            ("RoomService/UpdateParticipant", admin),
            ("RoomService/UpdateSubscriptions", admin),
            ("RoomService/SendData", admin),
            ("RoomService/ForwardParticipant", both),
            ("RoomService/MoveParticipant", both),
            ("RoomService/PerformRpc", admin),
            ("AgentDispatchService/CreateDispatch", admin),
            ("AgentDispatchService/DeleteDispatch", admin),
            ("AgentDispatchService/ListDispatch", admin),
            ("AgentDispatchService/ListDispatch", admin),
        ];
        Assert.Equal(expected.Select(call => ($"/twirp/livekit.{call.Item1}", call.Item2)), seen);
    }

    [Theory]
    [InlineData(404, """{"code":"not_found","msg":"no such room","meta":{"room":"tea"}}""", TwirpErrorCode.NotFound, "no such room")]
    [InlineData(401, """{"code":"unauthenticated","msg":"invalid token"}""", TwirpErrorCode.Unauthenticated, "LIVEKIT_API_SECRET")]
    [InlineData(403, """{"code":"permission_denied","msg":"no"}""", TwirpErrorCode.PermissionDenied, "LIVEKIT_API_KEY")]
    [InlineData(404, """{"code":"bad_route","msg":"no handler"}""", TwirpErrorCode.BadRoute, "LIVEKIT_URL")]
    [InlineData(500, """{"code":"dataloss","msg":"gone"}""", TwirpErrorCode.DataLoss, "gone")]
    [InlineData(408, """{"code":"deadline_exceeded","msg":"slow"}""", TwirpErrorCode.DeadlineExceeded, "slow")]
    [InlineData(429, """{"code":"resource_exhausted","msg":"full"}""", TwirpErrorCode.ResourceExhausted, "full")]
    [InlineData(500, """{"code":"tea_cold","msg":"hm"}""", TwirpErrorCode.Unknown, "hm")]
    [InlineData(500, """{"code":"5","msg":"hm"}""", TwirpErrorCode.Unknown, "hm")]
    [InlineData(500, """{"code":7}""", TwirpErrorCode.Unknown, "HTTP 500")]
    [InlineData(502, "<html>bad gateway</html>", TwirpErrorCode.Unavailable, "HTTP 502")]
    [InlineData(503, "", TwirpErrorCode.Unavailable, "HTTP 503")]
    [InlineData(404, "404 page not found", TwirpErrorCode.BadRoute, "HTTP 404")]
    [InlineData(401, "invalid token", TwirpErrorCode.Unauthenticated, "HTTP 401")]
    [InlineData(307, "", TwirpErrorCode.Internal, "HTTP 307")]
    public async Task Call_ErrorAnswer_BecomesATwirpException(int status, string body, TwirpErrorCode code, string message)
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "http://127.0.0.1:1/";
            await context.Response.WriteAsync(body);
        });

        var error = await Assert.ThrowsAsync<TwirpException>(() => new RoomServiceClient(server.Url.ToString(), "key", "secret").ListParticipantsAsync("tea"));

        Assert.Equal((code, (HttpStatusCode)status), (error.Code, error.Status));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("ListParticipants", error.Message, StringComparison.Ordinal);
        Assert.Equal(body.Contains("meta", StringComparison.Ordinal) ? "tea" : null, error.Metadata.GetValueOrDefault("room"));
    }

    [Fact]
    public async Task Call_NobodyListens_IsUnavailableAndSaysWhatToCheck()
    {
        var server = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        var url = server.Url;
        await server.DisposeAsync();

        var error = await Assert.ThrowsAsync<TwirpException>(() => new RoomServiceClient(url.ToString(), "key", "secret").ListRoomsAsync());

        Assert.Equal(TwirpErrorCode.Unavailable, error.Code);
        Assert.Contains("LIVEKIT_URL", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_AnswerIsSomethingElse_IsMalformed()
    {
        await using var server = await LoopbackServer.StartAsync(context => context.Response.WriteAsync("<html>welcome</html>"));

        var error = await Assert.ThrowsAsync<TwirpException>(() => new RoomServiceClient(server.Url.ToString(), "key", "secret").ListRoomsAsync());

        Assert.Equal(TwirpErrorCode.Malformed, error.Code);
    }

    [Fact]
    public async Task Call_CallerGivesUp_IsCancelled()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new RoomServiceClient(server.Url.ToString(), "key", "secret").ListRoomsAsync(cancellationToken: stop.Token));
    }

    [Fact]
    public async Task Call_NoAnswer_ExceedsTheDeadline()
    {
        await using var server = await LoopbackServer.StartAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        var client = new TwirpClient(new LiveKitServer(server.Url.ToString(), "key", "secret"), "RoomService", null, null);

        var error = await Assert.ThrowsAsync<TwirpException>(() =>
            client.CallAsync("ListRooms", new ListRoomsRequest(), ListRoomsResponse.Parser, new VideoGrants(), TestContext.Current.CancellationToken, TimeSpan.FromMilliseconds(50)));

        Assert.Equal(TwirpErrorCode.DeadlineExceeded, error.Code);
    }

    [Theory]
    [InlineData("ws://host", "http://host/", "ws://host/")]
    [InlineData("wss://host:443/", "https://host/", "wss://host/")]
    [InlineData("http://host:7880", "http://host:7880/", "ws://host:7880/")]
    [InlineData(" https://host/livekit ", "https://host/livekit/", "wss://host/livekit/")]
    [InlineData("ws://[::1]:7880", "http://[::1]:7880/", "ws://[::1]:7880/")]
    [InlineData("ws://host:80", "http://host/", "ws://host/")]
    public void LiveKitServer_AnyScheme_GivesBothAddresses(string url, string http, string webSocket)
    {
        var server = new LiveKitServer(url, "key", "secret");

        Assert.Equal((http, webSocket), (server.HttpUrl.AbsoluteUri, server.WebSocketUrl.AbsoluteUri));
        Assert.DoesNotContain("secret", server.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "key", "secret", "LIVEKIT_URL")]
    [InlineData("localhost:7880", "key", "secret", "must start with ws://")]
    [InlineData("ftp://host", "key", "secret", "must start with ws://")]
    [InlineData("ws://", "key", "secret", "must start with ws://")]
    [InlineData("ws://me:word@host", "key", "secret", "user name")]
    [InlineData("ws://host", "", "secret", "LIVEKIT_API_KEY")]
    [InlineData("ws://host", "key", " ", "LIVEKIT_API_SECRET")]
    public void LiveKitServer_Unusable_SaysWhichSetting(string? url, string key, string secret, string message)
    {
        var error = Assert.Throws<ConfigurationException>(() => new LiveKitServer(url, key, secret));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("word", error.Message.Replace("password", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static async Task Answer(HttpContext context, IMessage message)
    {
        context.Response.ContentType = "application/protobuf";
        await context.Response.Body.WriteAsync(message.ToByteArray());
    }
}
