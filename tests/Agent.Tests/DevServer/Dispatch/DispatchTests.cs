using Agent.Protocol;

namespace Agent.Tests.DevServer.Dispatch;

public sealed class DispatchTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task CreateRoom_WorkerWithoutName_IsOfferedTheRoomAndGetsAToken()
    {
        await using var worker = await TestWorker.RegisterAsync(_server);
        await _server.CallAsync<Room>("RoomService/CreateRoom", new CreateRoomRequest { Name = "r" }, _server.AdminToken("r"));

        var job = await worker.OfferedAsync();
        Assert.Equal((JobType.JtRoom, "r", ""), (job.Type, job.Room.Name, job.AgentName));
        Assert.StartsWith("AJ_", job.Id, StringComparison.Ordinal);
        var assignment = await worker.AcceptAsync(job, "agent-" + job.Id);

        Assert.False(assignment.HasUrl);
        Assert.Equal(job.Id, assignment.Job.Id);
        Assert.True(_server.Tokens.TryVerify(assignment.Token, out var token, out var error), error);
        Assert.Equal(("agent-" + job.Id, "Agent", "agent", "r"), (token.Identity, token.Name, token.Kind, token.Video!.Room));
        Assert.Equal("blue", token.Attributes["colour"]);
        Assert.Equal("", token.Attributes["lk.agent_name"]);
        await using var agent = await TestClient.JoinAsync(_server, assignment.Token);
        Assert.Equal(ParticipantInfo.Types.Kind.Agent, agent.Joined.Participant.Kind);
    }

    [Fact]
    public async Task CreateDispatch_NamedAgent_CarriesMetadataAndIsListed()
    {
        await using var unnamed = await TestWorker.RegisterAsync(_server);
        await using var worker = await TestWorker.RegisterAsync(_server, "bot");
        var created = await CreateDispatchAsync("r", "bot", "{\"a\":1}");
        var job = await worker.OfferedAsync();
        Assert.Equal((created.Id, "bot", "{\"a\":1}"), (job.DispatchId, job.AgentName, job.Metadata));
        await worker.AcceptAsync(job, "bot-1");
        // The answer to a later message: the assignment has been recorded then.
        await worker.ReportAsync(0.1f);
        var running = await UntilJobAsync("r", created.Id);
        Assert.Equal((JobStatus.JsRunning, "bot-1", worker.WorkerId), (running.State.Status, running.State.ParticipantIdentity, running.State.WorkerId));
        // The room that CreateDispatch made asks for the agents without a name, too.
        Assert.Equal("", (await unnamed.OfferedAsync()).AgentName);
    }

    [Fact]
    public async Task Join_TokenWithAgents_DispatchesThemForANewRoomOnly()
    {
        await using var worker = await TestWorker.RegisterAsync(_server, "bot");
        var claims = new { roomConfig = new { agents = new[] { new { agentName = "bot", metadata = "from token" } } } };
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r", claims));
        Assert.Equal("from token", (await worker.OfferedAsync()).Metadata);
        await using var bob = await TestClient.JoinAsync(_server, _server.JoinToken("bob", "r", claims));
        Assert.Single(await _server.DispatchesAsync("r"));
    }

    [Fact]
    public async Task Offer_Refused_GoesToAnotherWorker()
    {
        await using var first = await TestWorker.RegisterAsync(_server, "bot");
        await using var second = await TestWorker.RegisterAsync(_server, "bot");
        await CreateDispatchAsync("r", "bot");
        // Chance decides who is asked first; whoever it is refuses.
        var offers = new[] { first.OfferedAsync(), second.OfferedAsync() };
        var asked = await Task.WhenAny(offers);
        var (refusing, other, otherOffer) = asked == offers[0] ? (first, second, offers[1]) : (second, first, offers[0]);
        Assert.False(otherOffer.IsCompleted);
        var job = await asked;
        await refusing.RefuseAsync(job);
        Assert.Equal(job.Id, (await otherOffer).Id);
        await other.AcceptAsync(await otherOffer, "bot-1");
    }

    [Fact]
    public async Task Offer_Terminated_EndsWithSuccessAndWithoutAnother()
    {
        await using var worker = await TestWorker.RegisterAsync(_server, "bot");
        var dispatch = await CreateDispatchAsync("r", "bot");
        var job = await worker.OfferedAsync();
        await worker.SendAsync(new WorkerMessage { Availability = new AvailabilityResponse { JobId = job.Id, Terminate = true } });
        var ended = await UntilJobAsync("r", dispatch.Id);
        Assert.Equal(JobStatus.JsSuccess, ended.State.Status);
    }

    [Theory]
    [InlineData(0.7f, WorkerStatus.WsAvailable)]
    [InlineData(1f, WorkerStatus.WsAvailable)]
    [InlineData(0f, WorkerStatus.WsFull)]
    public async Task CreateDispatch_OnlyALoadedOrFullWorker_DropsTheJobForGood(float load, WorkerStatus status)
    {
        await using var busy = await TestWorker.RegisterAsync(_server, "bot");
        await busy.ReportAsync(load, status);
        await CreateDispatchAsync("r", "bot");
        await using var late = await TestWorker.RegisterAsync(_server, "bot");
        await CreateDispatchAsync("r2", "bot");
        // With one worker below the limit the others are in the draw again, though with small chances; nobody is asked about the first room.
        var offered = await await Task.WhenAny(late.OfferedAsync(), busy.OfferedAsync());
        Assert.Equal("r2", offered.Room.Name);
    }

    [Fact]
    public async Task Join_ParticipantWorker_IsOfferedPeopleAndNotAgents()
    {
        await using var worker = await TestWorker.RegisterAsync(_server, type: JobType.JtParticipant);
        await using var ann = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        var job = await worker.OfferedAsync();
        Assert.Equal((JobType.JtParticipant, "ann"), (job.Type, job.Participant.Identity));
        var assignment = await worker.AcceptAsync(job, "agent-1");
        await using var agent = await TestClient.JoinAsync(_server, assignment.Token);
        await using var bob = await TestClient.JoinAsync(_server, _server.JoinToken("bob", "r"));
        Assert.Equal("bob", (await worker.OfferedAsync()).Participant.Identity);
    }

    [Fact]
    public async Task DeleteDispatch_AgentInTheRoom_IsTerminatedThenRemoved()
    {
        await using var worker = await TestWorker.RegisterAsync(_server, "bot");
        var dispatch = await CreateDispatchAsync("r", "bot");
        var assignment = await worker.AcceptAsync(await worker.OfferedAsync(), "bot-1");
        await using var agent = await TestClient.JoinAsync(_server, assignment.Token);
        await UntilJobAsync("r", dispatch.Id);

        await _server.CallAsync<AgentDispatch>(
            "AgentDispatchService/DeleteDispatch", new DeleteAgentDispatchRequest { Room = "r", DispatchId = dispatch.Id }, _server.AdminToken("r"));

        var termination = (await worker.ReceiveAsync(m => m.MessageCase == ServerMessage.MessageOneofCase.Termination)).Termination;
        Assert.Equal(assignment.Job.Id, termination.JobId);
        var leave = (await agent.ReceiveAsync(m => m.MessageCase == SignalResponse.MessageOneofCase.Leave)).Leave;
        Assert.Equal(DisconnectReason.ParticipantRemoved, leave.Reason);
        Assert.DoesNotContain(await _server.DispatchesAsync("r"), d => d.Id == dispatch.Id);
        var again = await _server.CallRefusedAsync(
            "AgentDispatchService/DeleteDispatch", new DeleteAgentDispatchRequest { Room = "r", DispatchId = dispatch.Id }, _server.AdminToken("r"));
        Assert.Equal((404, "not_found", "dispatch ID not found"), again);
    }

    [Fact]
    public async Task AgentLeaves_ItsJob_IsTerminated()
    {
        await using var worker = await TestWorker.RegisterAsync(_server, "bot");
        var dispatch = await CreateDispatchAsync("r", "bot");
        var assignment = await worker.AcceptAsync(await worker.OfferedAsync(), "bot-1");
        await using var agent = await TestClient.JoinAsync(_server, assignment.Token);
        await UntilJobAsync("r", dispatch.Id);
        await agent.SendAsync(new SignalRequest { Leave = new LeaveRequest { Reason = DisconnectReason.ClientInitiated } });
        var termination = (await worker.ReceiveAsync(m => m.MessageCase == ServerMessage.MessageOneofCase.Termination)).Termination;
        Assert.Equal(assignment.Job.Id, termination.JobId);
    }

    [Fact]
    public async Task Offer_NotAnsweredInTime_IsNotGivenToAnother()
    {
        await using var server = await TestServer.StartAsync(options => options.AvailabilityTimeout = TimeSpan.FromMilliseconds(50));
        await using var worker = await TestWorker.RegisterAsync(server, "bot");
        await server.CallAsync<AgentDispatch>("AgentDispatchService/CreateDispatch", new CreateAgentDispatchRequest { Room = "r", AgentName = "bot" }, server.AdminToken("r"));
        var job = await worker.OfferedAsync();
        await using var other = await TestWorker.RegisterAsync(server, "bot");
        await server.Log.UntilAsync("no answer to the availability request", TestServer.Patience);

        // Too late, and nobody else is asked either: both sockets bring nothing but the answers to their pings.
        await worker.SendAsync(new WorkerMessage { Availability = new AvailabilityResponse { JobId = job.Id, Available = true, ParticipantIdentity = "late" } });
        foreach (var asked in (TestWorker[])[worker, other])
        {
            await asked.SendAsync(new WorkerMessage { Ping = new WorkerPing { Timestamp = 1 } });
            Assert.Equal(ServerMessage.MessageOneofCase.Pong, (await asked.ReceiveAsync())!.MessageCase);
        }

        Assert.All((await server.DispatchesAsync("r")).Where(d => d.AgentName == "bot"), d => Assert.Empty(d.State.Jobs));
    }

    [Fact]
    public async Task Register_WithoutGrant_IsUnauthorized()
    {
        await using var worker = new TestWorker();
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(
            () => worker.ConnectAsync(new Uri(_server.Server.Url, "/agent"), _server.JoinToken("ann", "r")));
        Assert.Equal(401, worker.HttpStatus);
    }

    [Fact]
    public async Task Register_Twice_ClosesTheSocket()
    {
        await using var worker = await TestWorker.RegisterAsync(_server);
        await worker.SendAsync(new WorkerMessage { Register = new RegisterWorkerRequest() });
        Assert.Empty(await worker.ReceiveToEndAsync());
        Assert.Equal(1, _server.Server.Counters.MalformedWorkerMessages);
    }

    private Task<AgentDispatch> CreateDispatchAsync(string room, string agentName, string metadata = "") =>
        _server.CallAsync<AgentDispatch>(
            "AgentDispatchService/CreateDispatch", new CreateAgentDispatchRequest { Room = room, AgentName = agentName, Metadata = metadata }, _server.AdminToken(room));

    /// <summary>The first job of a dispatch, once the server has noted it.</summary>
    private async Task<Job> UntilJobAsync(string room, string dispatchId)
    {
        using var patience = new CancellationTokenSource(TestServer.Patience);
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            if ((await _server.DispatchesAsync(room)).Single(d => d.Id == dispatchId).State.Jobs.FirstOrDefault() is { } job)
                return job;
        }
    }
}
