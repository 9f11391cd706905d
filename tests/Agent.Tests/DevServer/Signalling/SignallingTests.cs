using Agent.Protocol;
using Agent.Tests.WebRtc.Sdp;

namespace Agent.Tests.DevServer.Signalling;

public sealed class SignallingTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Join_SecondParticipant_BothLearnOfEachOther()
    {
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r", new { name = "Ann", metadata = "m", attributes = new { a = "1" } }));
        await using var bob = await TestClient.JoinAsync(_server, _server.JoinToken("bob", "r"));
        var seen = Assert.Single(bob.Joined.OtherParticipants);
        Assert.Equal(("ann", "Ann", "m", "1"), (seen.Identity, seen.Name, seen.Metadata, seen.Attributes["a"]));
        Assert.Equal(ann.Sid, seen.Sid);
        var update = await ann.UpdateOfAsync("bob", _ => true);
        Assert.Equal(bob.Sid, update.Sid);
        Assert.True(bob.Joined.SubscriberPrimary);
        Assert.True(bob.Joined.FastPublish);
        Assert.Empty(bob.Joined.IceServers);
        Assert.True(bob.Joined.PingInterval > 0 && bob.Joined.PingTimeout > bob.Joined.PingInterval);
    }

    [Fact]
    public async Task Join_Hidden_IsNotShown()
    {
        await using var spy = await TestClient.JoinAsync(_server, _server.Token("spy", new { roomJoin = true, room = "r", hidden = true }));
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        Assert.Empty(ann.Joined.OtherParticipants);
        Assert.Equal(1u, ann.Joined.Room.NumParticipants);
        await using var bob = await TestClient.JoinAsync(_server, _server.JoinToken("bob", "r"));
        await spy.UpdateOfAsync("bob", _ => true);
    }

    [Fact]
    public async Task Join_SameIdentity_TheOlderLeaves()
    {
        await using var first = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        await using var second = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        var leave = Assert.Single(await first.ReceiveToEndAsync(), m => m.MessageCase == SignalResponse.MessageOneofCase.Leave).Leave;
        Assert.Equal(DisconnectReason.DuplicateIdentity, leave.Reason);
        Assert.NotEqual(first.Sid, second.Sid);
        Assert.Equal(1u, second.Joined.Room.NumParticipants);
    }

    [Fact]
    public async Task Join_RoomFull_IsRefused()
    {
        await _server.CallAsync<Room>("RoomService/CreateRoom", new CreateRoomRequest { Name = "r", MaxParticipants = 1 }, _server.AdminToken("r"));
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        await using var bob = new TestClient();
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => bob.ConnectAsync(_server, _server.JoinToken("bob", "r")));
        Assert.Equal(500, bob.HttpStatus);
    }

    [Theory]
    [InlineData("", 401, "no permissions to access the room")]
    [InlineData("nonsense", 401, "invalid authorization token")]
    public async Task Validate_BadToken_SaysWhy(string token, int status, string message)
    {
        using var response = await _server.GetAsync("/rtc/validate?access_token=" + token);
        Assert.Equal((status, message), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Validate_GoodExpiredAndGrantless_SaysWhich()
    {
        async Task<(int, string)> ValidateAsync(string token)
        {
            using var response = await _server.GetAsync("/rtc/validate?access_token=" + token);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }

        Assert.Equal((200, "success"), await ValidateAsync(_server.JoinToken("ann", "r")));
        Assert.Equal((401, "permissions denied"), await ValidateAsync(_server.Token("ann", new { room = "r" })));
        Assert.Equal((400, "identity cannot be empty"), await ValidateAsync(_server.JoinToken("", "r")));
        Assert.Equal((400, "no room name"), await ValidateAsync(_server.JoinToken("ann", "")));
        var (status, message) = await ValidateAsync(_server.Token("ann", new { roomJoin = true, room = "r" }, lifetime: TimeSpan.FromHours(-1)));
        Assert.Equal(401, status);
        Assert.Contains("expired", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnePeerConnectionPath_IsNotFoundSoThatClientsFallBack()
    {
        using var response = await _server.GetAsync("/rtc/v1/validate?access_token=" + _server.JoinToken("ann", "r"));
        Assert.Equal(404, (int)response.StatusCode);
        Assert.DoesNotContain("room", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ping_BothKinds_AreAnswered()
    {
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        await ann.SendAsync(new SignalRequest { PingReq = new Ping { Timestamp = 42 } });
        var pong = (await ann.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.PongResp)).PongResp;
        Assert.Equal(42, pong.LastPingTimestamp);
        await ann.SendAsync(new SignalRequest { Ping = 7 });
        Assert.True((await ann.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.Pong)).Pong > 0);
    }

    [Fact]
    public async Task UpdateMetadata_Allowed_ReachesEverybodyAndIsConfirmed()
    {
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        await using var bob = await TestClient.JoinAsync(_server, _server.JoinToken("bob", "r"));
        await ann.SendAsync(new SignalRequest
        {
            UpdateMetadata = new UpdateParticipantMetadata { RequestId = 5, Name = "Ann", Metadata = "m", Attributes = { ["a"] = "1" } },
        });
        var seen = await bob.UpdateOfAsync("ann", p => p.Name == "Ann" && p.Attributes.Count > 0);
        Assert.Equal(("m", "1"), (seen.Metadata, seen.Attributes["a"]));
        var answer = (await ann.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.RequestResponse)).RequestResponse;
        Assert.Equal((5u, RequestResponse.Types.Reason.Ok), (answer.RequestId, answer.Reason));

        await ann.SendAsync(new SignalRequest { UpdateMetadata = new UpdateParticipantMetadata { RequestId = 6, Attributes = { ["a"] = "" } } });
        await bob.UpdateOfAsync("ann", p => p.Attributes.Count == 0);
    }

    [Fact]
    public async Task UpdateMetadata_NotAllowed_IsRefused()
    {
        await using var ann = await TestClient.JoinAsync(_server, _server.Token("ann", new { roomJoin = true, room = "r" }));
        await ann.SendAsync(new SignalRequest { UpdateMetadata = new UpdateParticipantMetadata { RequestId = 5, Name = "Ann" } });
        var answer = (await ann.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.RequestResponse)).RequestResponse;
        Assert.Equal((5u, RequestResponse.Types.Reason.NotAllowed), (answer.RequestId, answer.Reason));
    }

    [Fact]
    public async Task AddTrack_Allowed_GetsASid()
    {
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        await ann.SendAsync(new SignalRequest { AddTrack = new AddTrackRequest { Cid = "c", Name = "mic", Source = TrackSource.Microphone } });
        var published = (await ann.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.TrackPublished)).TrackPublished;
        Assert.Equal(("c", "mic", TrackSource.Microphone), (published.Cid, published.Track.Name, published.Track.Source));
        Assert.StartsWith("TR_AM", published.Track.Sid, StringComparison.Ordinal);
    }

    /// <summary>A client that takes a track back and publishes it again announces it before the server has seen the description without it.</summary>
    [Fact]
    public async Task AddTrack_StillLive_WaitsUntilItIsTakenBack()
    {
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        var first = await PublishAsync(ann);
        await ann.SendAsync(new SignalRequest { AddTrack = new AddTrackRequest { Cid = "cid", Source = TrackSource.Microphone } });
        await SendOfferAsync(ann, SdpText.Audio(direction: "inactive"));
        var second = (await ann.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.TrackPublished)).TrackPublished.Track.Sid;
        Assert.NotEqual(first, second);

        await OfferAsync(ann, SdpText.Audio());
        await using var bob = await TestClient.JoinAsync(_server, _server.JoinToken("bob", "r"));
        Assert.Equal(second, Assert.Single(Assert.Single(bob.Joined.OtherParticipants).Tracks).Sid);
    }

    private static async Task<string> PublishAsync(TestClient client)
    {
        await client.SendAsync(new SignalRequest { AddTrack = new AddTrackRequest { Cid = "cid", Source = TrackSource.Microphone } });
        var published = (await client.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.TrackPublished)).TrackPublished;
        await OfferAsync(client, SdpText.Audio());
        return published.Track.Sid;
    }

    private static Task SendOfferAsync(TestClient client, string audio) =>
        client.SendAsync(new SignalRequest { Offer = new SessionDescription { Type = "offer", Sdp = SdpText.Session(SdpText.Data, audio) } });

    private static async Task OfferAsync(TestClient client, string audio)
    {
        await SendOfferAsync(client, audio);
        await client.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.Answer);
    }

    [Fact]
    public async Task AddTrack_SourceNotAllowed_IsRefused()
    {
        await using var ann = await TestClient.JoinAsync(_server, _server.Token("ann", new { roomJoin = true, room = "r", canPublishSources = new[] { "camera" } }));
        await ann.SendAsync(new SignalRequest { AddTrack = new AddTrackRequest { Cid = "c", Source = TrackSource.Microphone } });
        var answer = (await ann.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.RequestResponse)).RequestResponse;
        Assert.Equal((RequestResponse.Types.Reason.NotAllowed, "c"), (answer.Reason, answer.AddTrack.Cid));
    }

    [Fact]
    public async Task Leave_Client_OthersSeeItGo()
    {
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        await using var bob = await TestClient.JoinAsync(_server, _server.JoinToken("bob", "r"));
        await ann.SendAsync(new SignalRequest { Leave = new LeaveRequest { Reason = DisconnectReason.ClientInitiated } });
        var gone = await bob.UpdateOfAsync("ann", p => p.State == ParticipantInfo.Types.State.Disconnected);
        Assert.Equal(DisconnectReason.ClientInitiated, gone.DisconnectReason);
        var farewell = Assert.Single(await ann.ReceiveToEndAsync(), m => m.MessageCase == SignalResponse.MessageOneofCase.Leave).Leave;
        Assert.Equal(DisconnectReason.ClientInitiated, farewell.Reason);
    }

    [Fact]
    public async Task Abort_BeforeMedia_OthersSeeItGo()
    {
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        await using var bob = await TestClient.JoinAsync(_server, _server.JoinToken("bob", "r"));
        ann.Abort();
        var gone = await bob.UpdateOfAsync("ann", p => p.State == ParticipantInfo.Types.State.Disconnected);
        Assert.Equal(DisconnectReason.SignalClose, gone.DisconnectReason);
    }

    [Fact]
    public async Task Reconnect_KnownParticipant_Resumes()
    {
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        await using var again = new TestClient();
        await again.ConnectAsync(_server, _server.JoinToken("ann", "r"), "&reconnect=1&sid=" + ann.Sid);
        var first = await again.ReceiveAsync();
        Assert.Equal(SignalResponse.MessageOneofCase.Reconnect, first!.MessageCase);
        await again.UpdateOfAsync("ann", p => p.Sid == ann.Sid);
        await ann.ReceiveToEndAsync();
    }

    [Fact]
    public async Task Reconnect_UnknownParticipant_IsToldToJoinAnew()
    {
        await using var ann = new TestClient();
        await ann.ConnectAsync(_server, _server.JoinToken("ann", "r"), "&reconnect=1&sid=PA_gone");
        var leave = (await ann.ReceiveAsync())!.Leave;
        Assert.Equal((DisconnectReason.StateMismatch, LeaveRequest.Types.Action.Reconnect), (leave.Reason, leave.Action));
        Assert.Null(await ann.ReceiveAsync());
    }

    [Fact]
    public async Task Room_EmptyOrLeft_ClosesAfterItsTimeout()
    {
        await using var server = await TestServer.StartAsync(options =>
        {
            options.EmptyTimeout = TimeSpan.FromMilliseconds(50);
            options.DepartureTimeout = TimeSpan.FromMilliseconds(50);
        });
        await server.CallAsync<Room>("RoomService/CreateRoom", new CreateRoomRequest { Name = "empty" }, server.AdminToken("empty"));
        await using var agent = await TestClient.JoinAsync(server, server.JoinToken("agent", "left", new { kind = "agent" }));
        await using (var ann = await TestClient.JoinAsync(server, server.JoinToken("ann", "left")))
            await ann.SendAsync(new SignalRequest { Leave = new LeaveRequest() });
        // An agent alone does not hold the room open.
        var leave = (await agent.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.Leave)).Leave;
        Assert.Equal(DisconnectReason.RoomClosed, leave.Reason);
        using var patience = new CancellationTokenSource(TestServer.Patience);
        while ((await server.CallAsync<ListRoomsResponse>("RoomService/ListRooms", new ListRoomsRequest(), server.AdminToken("r"))).Rooms.Count > 0)
            patience.Token.ThrowIfCancellationRequested();
    }
}
