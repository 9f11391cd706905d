using System.Text;
using System.Text.Json;
using Agent.Protocol;

namespace Agent.Tests.DevServer.Api;

public sealed class RoomServiceTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task CreateRoom_TwoTimes_IsOneRoomWithTheFirstSettings()
    {
        var first = await CreateAsync(new CreateRoomRequest { Name = "r", EmptyTimeout = 60, Metadata = "m" });
        var second = await CreateAsync(new CreateRoomRequest { Name = "r", MaxParticipants = 3 });
        Assert.Equal(first.Sid, second.Sid);
        Assert.StartsWith("RM_", first.Sid, StringComparison.Ordinal);
        Assert.Equal((60u, "m", 0u), (second.EmptyTimeout, second.Metadata, second.MaxParticipants));
        var rooms = await _server.CallAsync<ListRoomsResponse>("RoomService/ListRooms", new ListRoomsRequest(), _server.AdminToken("r"));
        Assert.Equal(first.Sid, Assert.Single(rooms.Rooms).Sid);
        var others = await _server.CallAsync<ListRoomsResponse>("RoomService/ListRooms", new ListRoomsRequest { Names = { "x" } }, _server.AdminToken("r"));
        Assert.Empty(others.Rooms);
    }

    [Fact]
    public async Task DeleteRoom_WithParticipants_TellsThemAndForgetsTheRoom()
    {
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        await _server.CallAsync<DeleteRoomResponse>("RoomService/DeleteRoom", new DeleteRoomRequest { Room = "r" }, _server.AdminToken("r"));
        var leave = Assert.Single(await ann.ReceiveToEndAsync(), m => m.MessageCase == SignalResponse.MessageOneofCase.Leave).Leave;
        Assert.Equal(DisconnectReason.RoomDeleted, leave.Reason);
        Assert.Equal(LeaveRequest.Types.Action.Disconnect, leave.Action);
        var (status, code, message) = await _server.CallRefusedAsync("RoomService/DeleteRoom", new DeleteRoomRequest { Room = "r" }, _server.AdminToken("r"));
        Assert.Equal((404, "not_found", "requested room does not exist"), (status, code, message));
    }

    [Fact]
    public async Task RemoveParticipant_Present_IsToldAndGone()
    {
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        await using var bob = await TestClient.JoinAsync(_server, _server.JoinToken("bob", "r"));
        var admin = _server.AdminToken("r");
        var listed = await _server.CallAsync<ListParticipantsResponse>("RoomService/ListParticipants", new ListParticipantsRequest { Room = "r" }, admin);
        Assert.Equal(["ann", "bob"], listed.Participants.Select(p => p.Identity).Order());

        await _server.CallAsync<RemoveParticipantResponse>("RoomService/RemoveParticipant", new RoomParticipantIdentity { Room = "r", Identity = "ann" }, admin);

        var leave = (await ann.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.Leave)).Leave;
        Assert.Equal(DisconnectReason.ParticipantRemoved, leave.Reason);
        var gone = await bob.UpdateOfAsync("ann", p => p.State == ParticipantInfo.Types.State.Disconnected);
        Assert.Equal(DisconnectReason.ParticipantRemoved, gone.DisconnectReason);
        var refused = await _server.CallRefusedAsync("RoomService/GetParticipant", new RoomParticipantIdentity { Room = "r", Identity = "ann" }, admin);
        Assert.Equal((404, "not_found", "participant does not exist"), refused);
    }

    [Fact]
    public async Task UpdateParticipant_PermissionNameAttributes_ReachEverybodyAndTheToken()
    {
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        await using var bob = await TestClient.JoinAsync(_server, _server.JoinToken("bob", "r"));
        await _server.CallAsync<ParticipantInfo>(
            "RoomService/UpdateParticipant",
            new UpdateParticipantRequest
            {
                Room = "r",
                Identity = "ann",
                Name = "Ann",
                Attributes = { ["a"] = "1" },
                Permission = new ParticipantPermission { CanSubscribe = true },
            },
            _server.AdminToken("r"));

        var seen = await bob.UpdateOfAsync("ann", p => p.Name == "Ann");
        Assert.Equal("1", seen.Attributes["a"]);
        Assert.False(seen.Permission.CanPublish);
        await ann.UpdateOfAsync("ann", p => p.Name == "Ann");
        var token = (await ann.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.RefreshToken)).RefreshToken;
        Assert.True(_server.Tokens.TryVerify(token, out var read, out _));
        Assert.Equal("Ann", read.Name);
        Assert.False(read.Video!.CanPublish);

        await ann.SendAsync(new SignalRequest { AddTrack = new AddTrackRequest { Cid = "c", Source = TrackSource.Microphone } });
        var answer = (await ann.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.RequestResponse)).RequestResponse;
        Assert.Equal(RequestResponse.Types.Reason.NotAllowed, answer.Reason);
    }

    [Fact]
    public async Task UpdateRoomMetadata_WithParticipants_TheyAreTold()
    {
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        await _server.CallAsync<Room>("RoomService/UpdateRoomMetadata", new UpdateRoomMetadataRequest { Room = "r", Metadata = "new" }, _server.AdminToken("r"));
        var update = (await ann.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.RoomUpdate)).RoomUpdate;
        Assert.Equal("new", update.Room.Metadata);
    }

    [Theory]
    [InlineData("RoomService/CreateRoom")]
    [InlineData("RoomService/ListRooms")]
    [InlineData("RoomService/DeleteRoom")]
    [InlineData("RoomService/ListParticipants")]
    [InlineData("RoomService/GetParticipant")]
    [InlineData("RoomService/RemoveParticipant")]
    [InlineData("RoomService/MutePublishedTrack")]
    [InlineData("RoomService/UpdateParticipant")]
    [InlineData("RoomService/UpdateSubscriptions")]
    [InlineData("RoomService/SendData")]
    [InlineData("RoomService/UpdateRoomMetadata")]
    [InlineData("RoomService/PerformRpc")]
    [InlineData("AgentDispatchService/CreateDispatch")]
    [InlineData("AgentDispatchService/DeleteDispatch")]
    [InlineData("AgentDispatchService/ListDispatch")]
    public async Task Call_WithoutItsGrant_IsUnauthenticated(string method)
    {
        // Field 1 of every request is the room's name, but for ListRooms and CreateDispatch.
        var request = new DeleteRoomRequest { Room = "r" };
        var join = _server.JoinToken("ann", "r");
        Assert.Equal((401, "unauthenticated", "permissions denied"), await _server.CallRefusedAsync(method, request, join));
        Assert.Equal((401, "unauthenticated", "permissions denied"), await _server.CallRefusedAsync(method, request, token: null));
        var otherRoom = _server.Token("admin", new { roomAdmin = true, room = "another" });
        Assert.Equal((401, "unauthenticated", "permissions denied"), await _server.CallRefusedAsync(method, request, otherRoom));
    }

    [Fact]
    public async Task Call_UnknownMethodOrFormat_IsBadRoute()
    {
        var admin = _server.AdminToken("r");
        Assert.Equal((404, "bad_route"), Short(await _server.CallRefusedAsync("RoomService/MakeTea", new ListRoomsRequest(), admin)));
        using var text = await _server.PostAsync("RoomService/ListRooms", [], "text/plain", admin);
        Assert.Equal(404, (int)text.StatusCode);
        using var malformed = await _server.PostAsync("RoomService/ListRooms", "{"u8.ToArray(), "application/json", admin);
        Assert.Equal(400, (int)malformed.StatusCode);
        using var error = JsonDocument.Parse(await malformed.Content.ReadAsStringAsync());
        Assert.Equal("malformed", error.RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Call_Json_SpeaksFieldNamesAsWrittenAndTakesBothSpellings()
    {
        foreach (var body in (string[])["""{"name":"r","emptyTimeout":7}""", """{"name":"r","empty_timeout":7,"new_field":1}"""])
        {
            using var response = await _server.PostAsync("RoomService/CreateRoom", Encoding.UTF8.GetBytes(body), "application/json", _server.AdminToken("r"));
            Assert.Equal(200, (int)response.StatusCode);
            using var room = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.Equal(7, room.RootElement.GetProperty("empty_timeout").GetInt32());
        }
    }

    private static (int, string) Short((int Status, string Code, string Message) error) => (error.Status, error.Code);

    private Task<Room> CreateAsync(CreateRoomRequest request) => _server.CallAsync<Room>("RoomService/CreateRoom", request, _server.AdminToken(request.Name));
}
