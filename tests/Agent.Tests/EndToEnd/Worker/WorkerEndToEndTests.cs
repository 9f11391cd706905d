using Agent.LiveKit.Api;
using Agent.LiveKit.Worker;
using Agent.Pipeline.Errors;
using Agent.Protocol;

namespace Agent.Tests.EndToEnd.Worker;

/// <summary>The worker client against a server: the embedded one, or the real one.</summary>
public class WorkerEndToEndTests(LiveKitServerFixture fixture) : IClassFixture<LiveKitServerFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _room = LiveKitServerFixture.NewRoomName();
    private readonly string _agent = "agent-" + Guid.NewGuid().ToString("N");
    private readonly LiveKitServer _server = new(fixture.Url.ToString(), fixture.ApiKey, fixture.ApiSecret);

    [Fact]
    public async Task StartAsync_RightKey_Registers()
    {
        await using var worker = await StartAsync(new RecordingHandler());

        Assert.Equal(WorkerState.Registered, worker.State);
        Assert.NotEqual("", worker.WorkerId);
        Assert.NotEqual("", worker.ServerInfo!.Version);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StartAsync_WrongKeyOrSecret_SaysWhatToCheck(bool wrongKey)
    {
        var server = new LiveKitServer(fixture.Url.ToString(), wrongKey ? "unknown-key" : fixture.ApiKey, wrongKey ? fixture.ApiSecret : "wrong-secret");
        await using var worker = new AgentWorkerClient(new AgentWorkerOptions { Server = server }, new RecordingHandler());

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => worker.StartAsync(CancellationToken.None));

        Assert.Contains("LIVEKIT_API_KEY", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.ApiSecret, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispatch_ByTheApi_RunsAJobWhoseEndTheServerKnows()
    {
        var handler = new RecordingHandler(_room);
        await using var worker = await StartAsync(handler);
        var dispatches = new AgentDispatchClient(_server);

        var dispatch = await dispatches.CreateDispatchAsync(_room, _agent, "{\"topic\":\"tea\"}");
        var job = await handler.StartedAsync();

        Assert.Equal((_room, "{\"topic\":\"tea\"}", dispatch.Id, _agent), (job.RoomName, job.Metadata, job.Job.DispatchId, job.Job.AgentName));
        Assert.Equal(_server.WebSocketUrl, job.Url);
        var claims = await new TokenVerifier(_server.ApiKey, _server.ApiSecret).VerifyAsync(job.Token);
        Assert.Equal((job.ParticipantIdentity, _room, ParticipantInfo.Types.Kind.Agent), (claims.Identity, claims.Video!.Room, claims.Kind));
        Assert.Equal("agent-" + job.Id, job.ParticipantIdentity);
        Assert.Equal(_agent, claims.Attributes!["lk.agent.name"]);

        handler.EndJobs();
        await handler.EndedAsync();
        Assert.True(await worker.DrainAsync(Patience, CancellationToken.None));
    }

    [Fact]
    public async Task Dispatch_Automatic_FollowsANewRoom()
    {
        var handler = new RecordingHandler(_room);
        await using var worker = await StartAsync(handler, agentName: "");

        await new RoomServiceClient(_server).CreateRoomAsync(new CreateRoomRequest { Name = _room });

        Assert.Equal(_room, (await handler.StartedAsync()).RoomName);
    }

    [Fact]
    public async Task Dispatch_ByToken_FollowsTheFirstParticipant()
    {
        var handler = new RecordingHandler(_room);
        await using var worker = await StartAsync(handler);
        var token = _server.CreateToken().WithIdentity("ada").WithGrants(new VideoGrants { RoomJoin = true, Room = _room }).WithAgent(_agent, "by token").ToJwt();

        using var participant = await SignallingParticipant.JoinAsync(_server, token);

        var job = await handler.StartedAsync();
        Assert.Equal((_room, "by token"), (job.RoomName, job.Metadata));
    }

    [Fact]
    public async Task Dispatch_Deleted_EndsTheJob()
    {
        var handler = new RecordingHandler(_room);
        await using var worker = await StartAsync(handler);
        var dispatches = new AgentDispatchClient(_server);
        var dispatch = await dispatches.CreateDispatchAsync(_room, _agent);
        var job = await handler.StartedAsync();

        await dispatches.DeleteDispatchAsync(dispatch.Id, _room);

        Assert.Same(job, await handler.EndedAsync());
        Assert.Equal(JobStopReason.ServerTerminated, job.StopReason);
        Assert.Null(await dispatches.GetDispatchAsync(dispatch.Id, _room));
    }

    [Fact]
    public async Task Dispatch_FirstWorkerFullOrDraining_GoesToTheOther()
    {
        var rooms = Enumerable.Range(0, 3).Select(_ => LiveKitServerFixture.NewRoomName()).ToArray();
        var (one, two) = (new RecordingHandler(rooms), new RecordingHandler(rooms));
        await using var first = await StartAsync(one, maxJobs: 1);
        var dispatches = new AgentDispatchClient(_server);
        await dispatches.CreateDispatchAsync(rooms[0], _agent);
        await one.StartedAsync();

        await using var second = await StartAsync(two, maxJobs: 3);
        await dispatches.CreateDispatchAsync(rooms[1], _agent);
        Assert.Equal(rooms[1], (await two.StartedAsync()).RoomName);

        var draining = first.DrainAsync(Patience, CancellationToken.None);
        await dispatches.CreateDispatchAsync(rooms[2], _agent);
        Assert.Equal(rooms[2], (await two.StartedAsync()).RoomName);
        Assert.False(one.HasStarted);
        one.EndJobs();
        Assert.True(await draining);
    }

    [Fact]
    public async Task Connection_Cut_TheJobGoesOnAndNewOnesCome()
    {
        var other = LiveKitServerFixture.NewRoomName();
        var handler = new RecordingHandler(_room, other);
        await using var relay = new TcpRelay(fixture.Url);
        var server = new LiveKitServer(relay.Url, fixture.ApiKey, fixture.ApiSecret);
        await using var worker = new AgentWorkerClient(Options(server, _agent, maxJobs: 4), handler);
        await worker.StartAsync(CancellationToken.None);
        var dispatches = new AgentDispatchClient(_server);
        await dispatches.CreateDispatchAsync(_room, _agent);
        var job = await handler.StartedAsync();
        var before = worker.WorkerId;

        relay.Cut();
        await RegisteredAnewAsync(worker, before);
        await dispatches.CreateDispatchAsync(other, _agent);

        Assert.Equal(other, (await handler.StartedAsync()).RoomName);
        Assert.Equal((JobStopReason.None, 2), (job.StopReason, worker.JobCount));
        handler.EndJobs();
        Assert.True(await worker.DrainAsync(Patience, CancellationToken.None));
    }

    private static AgentWorkerOptions Options(LiveKitServer server, string agentName, int maxJobs) => new()
    {
        Server = server,
        AgentName = agentName,
        Load = new WorkerLoadOptions { MaxJobs = maxJobs },
        ReconnectDelay = TimeSpan.FromMilliseconds(100),
    };

    private static async Task RegisteredAnewAsync(AgentWorkerClient worker, string before)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (worker.State != WorkerState.Registered || worker.WorkerId == before)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
    }

    private async Task<AgentWorkerClient> StartAsync(RecordingHandler handler, string? agentName = null, int maxJobs = 100)
    {
        var worker = new AgentWorkerClient(Options(_server, agentName ?? _agent, maxJobs), handler);
        await worker.StartAsync(CancellationToken.None);
        return worker;
    }
}
