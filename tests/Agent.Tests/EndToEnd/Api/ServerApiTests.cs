using Agent.LiveKit.Api;
using Agent.Protocol;
using Agent.Tests.EndToEnd.Worker;

namespace Agent.Tests.EndToEnd.Api;

/// <summary>The server API's clients against a server: the embedded one, or the real one.</summary>
public class ServerApiTests(LiveKitServerFixture fixture) : IClassFixture<LiveKitServerFixture>
{
    private readonly string _room = LiveKitServerFixture.NewRoomName();
    private readonly LiveKitServer _server = new(fixture.Url.ToString(), fixture.ApiKey, fixture.ApiSecret);

    [Fact]
    public async Task Rooms_CreatedListedChangedDeleted_FollowTheCalls()
    {
        var rooms = new RoomServiceClient(_server);

        var created = await rooms.CreateRoomAsync(new CreateRoomRequest { Name = _room, EmptyTimeout = 77, Metadata = "first" });
        Assert.Equal((_room, 77u, "first"), (created.Name, created.EmptyTimeout, created.Metadata));
        Assert.Equal(created.Sid, (await rooms.CreateRoomAsync(new CreateRoomRequest { Name = _room })).Sid);
        Assert.Equal("second", (await rooms.UpdateRoomMetadataAsync(_room, "second")).Metadata);
        Assert.Equal(created.Sid, Assert.Single(await rooms.ListRoomsAsync([_room])).Sid);
        Assert.Contains(await rooms.ListRoomsAsync(), room => room.Name == _room);
        Assert.Empty(await rooms.ListParticipantsAsync(_room));
        await rooms.DeleteRoomAsync(_room);

        Assert.Empty(await rooms.ListRoomsAsync([_room]));
    }

    [Fact]
    public async Task Participants_SeenChangedRemoved_FollowTheCalls()
    {
        var rooms = new RoomServiceClient(_server);
        var token = _server.CreateToken().WithIdentity("ada").WithName("Ada").WithMetadata("m").WithGrants(new VideoGrants { RoomJoin = true, Room = _room }).ToJwt();
        using var participant = await SignallingParticipant.JoinAsync(_server, token);

        Assert.Equal(("ada", "Ada", "m"), Names(Assert.Single(await rooms.ListParticipantsAsync(_room))));
        Assert.Equal("ada", (await rooms.GetParticipantAsync(_room, "ada")).Identity);
        var changed = await rooms.UpdateParticipantAsync(new UpdateParticipantRequest { Room = _room, Identity = "ada", Name = "Lady Ada", Attributes = { ["tea"] = "green" } });
        Assert.Equal(("Lady Ada", "green"), (changed.Name, changed.Attributes["tea"]));
        await rooms.RemoveParticipantAsync(_room, "ada");
        Assert.Empty(await rooms.ListParticipantsAsync(_room));

        static (string, string, string) Names(ParticipantInfo info) => (info.Identity, info.Name, info.Metadata);
    }

    [Fact]
    public async Task Errors_OfTheServer_HaveTheirCodes()
    {
        var rooms = new RoomServiceClient(_server);
        await rooms.CreateRoomAsync(new CreateRoomRequest { Name = _room });

        Assert.Equal(TwirpErrorCode.NotFound, (await Assert.ThrowsAsync<TwirpException>(() => rooms.GetParticipantAsync(_room, "nobody"))).Code);
        var stranger = new RoomServiceClient(new LiveKitServer(fixture.Url.ToString(), fixture.ApiKey, "wrong-secret"));
        Assert.Equal(TwirpErrorCode.Unauthenticated, (await Assert.ThrowsAsync<TwirpException>(() => stranger.ListRoomsAsync())).Code);
    }

    [Fact]
    public async Task Dispatches_ListedAndDeleted_FollowTheCalls()
    {
        var dispatches = new AgentDispatchClient(_server);

        var created = await dispatches.CreateDispatchAsync(_room, "nobody-registers-this", "m");
        var listed = Assert.Single(await dispatches.ListDispatchAsync(_room), dispatch => dispatch.AgentName == "nobody-registers-this");
        Assert.Equal((created.Id, "m"), (listed.Id, listed.Metadata));
        Assert.Equal(created.Id, (await dispatches.GetDispatchAsync(created.Id, _room))!.Id);
        await dispatches.DeleteDispatchAsync(created.Id, _room);

        Assert.Null(await dispatches.GetDispatchAsync(created.Id, _room));
    }
}
