using System.Net.WebSockets;
using Agent.LiveKit.Api;
using Agent.LiveKit.Worker;
using Agent.Pipeline.Errors;
using Agent.Protocol;
using Google.Protobuf;

namespace Agent.Tests.LiveKit.Worker;

/// <summary>The worker client over a real loopback WebSocket.</summary>
public class AgentWorkerClientTests
{
    private readonly ScriptedHandler _handler = new();

    [Fact]
    public async Task StartAsync_ServerConfirms_IsRegistered()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        await using var worker = new AgentWorkerClient(Options(server), _handler);

        var (_, connection) = await StartAsync(worker, server);

        Assert.Equal((WorkerState.Registered, "AW_1", "1.13.5"), (worker.State, worker.WorkerId, worker.ServerInfo!.Version));
        Assert.Equal(WorkerStatus.WsAvailable, (await connection.NextAsync(message => message.UpdateWorker is not null)).UpdateWorker.Status);
    }

    [Fact]
    public async Task Job_FromOfferToEnd_IsReported()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        await using var worker = new AgentWorkerClient(Options(server), _handler);
        var (_, connection) = await StartAsync(worker, server);

        await connection.RunJobAsync("AJ_1");
        var job = await _handler.StartedAsync("AJ_1");
        Assert.Equal(("tea", "m", "token of AJ_1"), (job.RoomName, job.Metadata, job.Token));
        Assert.Equal(server.Settings.WebSocketUrl, job.Url);
        _handler.End("AJ_1");

        Assert.Equal("", (await connection.StatusAsync("AJ_1", JobStatus.JsSuccess)).Error);
    }

    [Fact]
    public async Task Job_Ended_CountsAsReportedWhenTheServerHasConfirmedIt()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        await using var worker = new AgentWorkerClient(Options(server), _handler);
        var (_, connection) = await StartAsync(worker, server);
        await connection.RunJobAsync("AJ_1");
        var job = await _handler.StartedAsync("AJ_1");

        connection.AnswerPings = false;
        _handler.End("AJ_1");
        await connection.StatusAsync("AJ_1", JobStatus.JsSuccess);
        Assert.False(job.Reported.IsCompleted);
        var ping = (await connection.NextAsync(message => message.Ping is not null)).Ping;
        await connection.SendAsync(new ServerMessage { Pong = new WorkerPong { LastTimestamp = ping.Timestamp } });

        await job.Reported.WaitAsync(FakeWorkerConnection.Patience);
    }

    [Fact]
    public async Task Job_IgnoresBeingTold_DoesNotKeepTheWorkerFromClosing()
    {
        var stubborn = new StubbornHandler();
        await using var server = await FakeLiveKitServer.StartAsync();
        var worker = new AgentWorkerClient(Options(server, stopTimeout: TimeSpan.FromMilliseconds(50)), stubborn);
        var (_, connection) = await StartAsync(worker, server);
        await connection.RunJobAsync("AJ_1");
        var job = await stubborn.Started.Task.WaitAsync(FakeWorkerConnection.Patience);

        await worker.DisposeAsync().AsTask().WaitAsync(FakeWorkerConnection.Patience);

        await connection.StatusAsync("AJ_1", JobStatus.JsFailed);
        await job.Reported.WaitAsync(FakeWorkerConnection.Patience);
        stubborn.Release.SetResult();
    }

    [Fact]
    public async Task Job_Fails_IsReportedWithoutDetailsThatAreNotOurs()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        await using var worker = new AgentWorkerClient(Options(server), _handler);
        var (_, connection) = await StartAsync(worker, server);
        await connection.RunJobAsync("AJ_1");
        await connection.RunJobAsync("AJ_2");

        _handler.Fail("AJ_1", new AgentException("The kettle is broken: buy another."));
        Assert.Equal("The kettle is broken: buy another.", (await connection.StatusAsync("AJ_1", JobStatus.JsFailed)).Error);
        _handler.Fail("AJ_2", new InvalidDataException("password=1234"));

        Assert.Equal("the agent failed: InvalidDataException", (await connection.StatusAsync("AJ_2", JobStatus.JsFailed)).Error);
    }

    [Fact]
    public async Task Job_TerminatedByTheServer_IsCancelledAndStillReported()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        await using var worker = new AgentWorkerClient(Options(server), _handler);
        var (_, connection) = await StartAsync(worker, server);
        await connection.RunJobAsync("AJ_1");
        var job = await _handler.StartedAsync("AJ_1");

        await connection.SendAsync(new ServerMessage { Termination = new JobTermination { JobId = "AJ_1" } });

        await connection.StatusAsync("AJ_1", JobStatus.JsSuccess);
        Assert.Equal(JobStopReason.ServerTerminated, job.StopReason);
    }

    [Fact]
    public async Task Handler_TooSlowOrFailing_IsDeclined()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _handler.Answer = async (request, cancellationToken) =>
        {
            if (request.Id == "AJ_fails")
                throw new InvalidDataException("no");
            await using var registration = cancellationToken.Register(cancelled.SetResult);
            await cancelled.Task;
            return JobAnswer.Accept();
        };
        await using var server = await FakeLiveKitServer.StartAsync();
        await using var worker = new AgentWorkerClient(Options(server, answerTimeout: TimeSpan.FromMilliseconds(50)), _handler);
        var (_, connection) = await StartAsync(worker, server);

        Assert.False((await connection.OfferAsync("AJ_slow")).Available);
        await cancelled.Task.WaitAsync(FakeWorkerConnection.Patience);
        Assert.False((await connection.OfferAsync("AJ_fails")).Available);
        _handler.Answer = (_, _) => ValueTask.FromResult(JobAnswer.Accept());
        Assert.True((await connection.OfferAsync("AJ_good")).Available);
    }

    [Fact]
    public async Task Connection_Cut_ComesBackUnderANewIdAndTheJobGoesOn()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        await using var worker = new AgentWorkerClient(Options(server), _handler);
        var (_, connection) = await StartAsync(worker, server);
        await connection.RunJobAsync("AJ_1");
        var job = await _handler.StartedAsync("AJ_1");

        connection.Cut();
        var second = await server.AcceptRegisteredAsync("AW_2");
        await second.StatusAsync("AJ_1", JobStatus.JsRunning);
        _handler.End("AJ_1");

        await second.StatusAsync("AJ_1", JobStatus.JsSuccess);
        Assert.Equal(("AW_2", "AW_1", JobStopReason.None), (worker.WorkerId, job.WorkerId, job.StopReason));
    }

    [Fact]
    public async Task Connection_ClosedPolitely_ComesBack()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        await using var worker = new AgentWorkerClient(Options(server), _handler);
        var (_, connection) = await StartAsync(worker, server);

        await connection.CloseAsync();

        await server.AcceptRegisteredAsync("AW_2");
    }

    [Fact]
    public async Task Server_RestartedWhileAJobEnds_GetsItsFinalStatus()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        await using var worker = new AgentWorkerClient(Options(server), _handler);
        var (_, connection) = await StartAsync(worker, server);
        await connection.RunJobAsync("AJ_1");

        await server.KillAsync();
        _handler.End("AJ_1");
        await server.RestartAsync();

        await (await server.AcceptRegisteredAsync("AW_2")).StatusAsync("AJ_1", JobStatus.JsSuccess);
    }

    [Fact]
    public async Task Link_HalfOpen_IsLeftAndTheUnconfirmedStatusIsSentAgain()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        await using var worker = new AgentWorkerClient(Options(server, pongTimeout: TimeSpan.FromSeconds(1)), _handler);
        var (_, silent) = await StartAsync(worker, server);
        await silent.RunJobAsync("AJ_1");

        // From now on the server's side reads and says nothing, as a socket whose other end has lost power.
        silent.AnswerPings = false;
        _handler.End("AJ_1");

        await (await server.AcceptRegisteredAsync("AW_2")).StatusAsync("AJ_1", JobStatus.JsSuccess);
        await silent.Ended;
    }

    [Theory]
    [InlineData(401, "LIVEKIT_API_SECRET")]
    [InlineData(403, "LIVEKIT_API_KEY")]
    [InlineData(404, "LIVEKIT_URL")]
    public async Task StartAsync_ServerRefuses_FailsAtOnceAndSaysWhatToCheck(int status, string setting)
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        server.RefuseWith = status;
        await using var worker = new AgentWorkerClient(Options(server), _handler);

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => worker.StartAsync(CancellationToken.None));

        Assert.Contains(setting, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret'", error.Message, StringComparison.Ordinal);
        await server.RefusedAsync();
        Assert.False(server.WasRefusedAgain);
        Assert.Equal(WorkerState.Closed, worker.State);
    }

    [Fact]
    public async Task StartAsync_PassingError_TriesAgain()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        server.RefuseWith = 503;
        await using var worker = new AgentWorkerClient(Options(server, startTimeout: Timeout.InfiniteTimeSpan), _handler);
        var starting = worker.StartAsync(CancellationToken.None);
        await server.RefusedAsync();
        await server.RefusedAsync();
        server.RefuseWith = null;

        await server.AcceptRegisteredAsync();
        await starting.WaitAsync(FakeWorkerConnection.Patience);
    }

    [Fact]
    public async Task StartAsync_NobodyThere_FailsAfterTheStartTimeout()
    {
        var server = await FakeLiveKitServer.StartAsync();
        await server.KillAsync();
        await using var worker = new AgentWorkerClient(Options(server, startTimeout: TimeSpan.FromMilliseconds(200)), _handler);

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => worker.StartAsync(CancellationToken.None));

        Assert.Contains(server.Settings.WebSocketUrl.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_Twice_IsAMistake()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        await using var worker = new AgentWorkerClient(Options(server), _handler);
        await StartAsync(worker, server);

        await Assert.ThrowsAsync<InvalidOperationException>(() => worker.StartAsync(CancellationToken.None));
    }

    [Fact]
    public async Task DisposeAsync_WithoutStart_Returns()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        var worker = new AgentWorkerClient(Options(server), _handler);

        await worker.DisposeAsync();

        Assert.Equal(WorkerState.Closed, worker.State);
        await Assert.ThrowsAsync<InvalidOperationException>(() => worker.StartAsync(CancellationToken.None));
    }

    [Fact]
    public async Task DrainAsync_JobRuns_WaitsForItAndClosesTheSocket()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        await using var worker = new AgentWorkerClient(Options(server), _handler);
        var (_, connection) = await StartAsync(worker, server);
        await connection.RunJobAsync("AJ_1");

        var draining = worker.DrainAsync(Timeout.InfiniteTimeSpan, CancellationToken.None);
        Assert.Equal(WorkerStatus.WsFull, (await connection.NextAsync(message => message.UpdateWorker is { Status: WorkerStatus.WsFull })).UpdateWorker.Status);
        Assert.False((await connection.OfferAsync("AJ_2")).Available);
        Assert.False(draining.IsCompleted);
        _handler.End("AJ_1");

        await connection.StatusAsync("AJ_1", JobStatus.JsSuccess);
        Assert.True(await draining.WaitAsync(FakeWorkerConnection.Patience));
        await connection.Ended;
        Assert.Equal(WebSocketCloseStatus.NormalClosure, connection.CloseStatus);
    }

    [Fact]
    public async Task DrainAsync_TimeoutOrCancelled_EndsTheJobs()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        await using var worker = new AgentWorkerClient(Options(server), _handler);
        var (_, connection) = await StartAsync(worker, server);
        await connection.RunJobAsync("AJ_1");
        var job = await _handler.StartedAsync("AJ_1");
        using var stop = new CancellationTokenSource();

        var draining = worker.DrainAsync(TimeSpan.FromHours(1), stop.Token);
        await stop.CancelAsync();

        Assert.Contains("stopped", (await connection.StatusAsync("AJ_1", JobStatus.JsFailed)).Error, StringComparison.Ordinal);
        Assert.False(await draining.WaitAsync(FakeWorkerConnection.Patience));
        Assert.Equal(JobStopReason.DrainTimeout, job.StopReason);
    }

    [Fact]
    public async Task DisposeAsync_JobRuns_EndsItAndReportsIt()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        var worker = new AgentWorkerClient(Options(server), _handler);
        var (_, connection) = await StartAsync(worker, server);
        await connection.RunJobAsync("AJ_1");
        var job = await _handler.StartedAsync("AJ_1");

        await worker.DisposeAsync().AsTask().WaitAsync(FakeWorkerConnection.Patience);

        await connection.StatusAsync("AJ_1", JobStatus.JsFailed);
        Assert.Equal(JobStopReason.WorkerStopped, job.StopReason);
        await worker.DisposeAsync();
    }

    [Fact]
    public async Task Frames_RandomAndMutated_AreDroppedOrIgnoredAndTheWorkerGoesOn()
    {
        await using var server = await FakeLiveKitServer.StartAsync();
        await using var worker = new AgentWorkerClient(Options(server), _handler);
        var (_, connection) = await StartAsync(worker, server);
        await connection.RunJobAsync("AJ_keeps");
        var random = new Random(42);
        const int Frames = 25_000;
        var malformed = 0;

        for (var i = 0; i < Frames; i++)
        {
            var frame = i % 2 == 0 ? RandomFrame(random) : MutatedFrame(random);
            if (!IsServerMessage(frame))
                malformed++;
            await connection.SendAsync(frame);
        }

        await connection.SendAsync("{}"u8.ToArray(), WebSocketMessageType.Text);
        await connection.SendAsync(new byte[3 * 1024 * 1024]);
        await connection.RunJobAsync("AJ_after");
        _handler.End("AJ_after");
        await connection.StatusAsync("AJ_after", JobStatus.JsSuccess);

        Assert.Equal(malformed + 2, worker.DroppedFrames);
        Assert.True(malformed > Frames / 4, $"only {malformed} frames were malformed");
        Assert.Equal(("AW_1", WorkerState.Registered), (worker.WorkerId, worker.State));
        Assert.Equal(JobStopReason.None, (await _handler.StartedAsync("AJ_keeps")).StopReason);
    }

    [Fact]
    public void Constructor_OptionOutOfRange_NamesIt()
    {
        var server = new LiveKitServer("ws://localhost:7880", "key", "secret");

        Assert.Contains("AnswerTimeout", Refusal(new AgentWorkerOptions { Server = server, AnswerTimeout = TimeSpan.FromSeconds(2.6) }), StringComparison.Ordinal);
        Assert.Contains("PongTimeout", Refusal(new AgentWorkerOptions { Server = server, PingInterval = TimeSpan.FromSeconds(6) }), StringComparison.Ordinal);
        Assert.Contains("MaxReconnectDelay", Refusal(new AgentWorkerOptions { Server = server, ReconnectDelay = TimeSpan.FromSeconds(11) }), StringComparison.Ordinal);
        Assert.Contains("MaxJobs", Refusal(new AgentWorkerOptions { Server = server, Load = new WorkerLoadOptions { MaxJobs = 0 } }), StringComparison.Ordinal);

        string Refusal(AgentWorkerOptions options) => Assert.Throws<ConfigurationException>(() => new AgentWorkerClient(options, _handler)).Message;
    }

    private static AgentWorkerOptions Options(FakeLiveKitServer server, TimeSpan? answerTimeout = null, TimeSpan? pongTimeout = null, TimeSpan? startTimeout = null, TimeSpan? stopTimeout = null) => new()
    {
        Server = server.Settings,
        AgentName = "assistant",
        Load = new WorkerLoadOptions { MaxJobs = 1000, Strategy = WorkerLoadStrategy.Slots },
        AnswerTimeout = answerTimeout ?? TimeSpan.FromSeconds(2.5),
        PingInterval = TimeSpan.FromSeconds(0.5),
        PongTimeout = pongTimeout ?? TimeSpan.FromSeconds(9.5),
        ReconnectDelay = TimeSpan.FromMilliseconds(20),
        MaxReconnectDelay = TimeSpan.FromMilliseconds(100),
        StartTimeout = startTimeout ?? TimeSpan.FromSeconds(30),
        StopTimeout = stopTimeout ?? TimeSpan.FromSeconds(30),
    };

    private static async Task<(AgentWorkerClient Worker, FakeWorkerConnection Connection)> StartAsync(AgentWorkerClient worker, FakeLiveKitServer server)
    {
        var starting = worker.StartAsync(CancellationToken.None);
        var connection = await server.AcceptRegisteredAsync();
        await starting.WaitAsync(FakeWorkerConnection.Patience);
        return (worker, connection);
    }

    private static byte[] RandomFrame(Random random)
    {
        var frame = new byte[random.Next(64)];
        random.NextBytes(frame);
        return Harmless(frame);
    }

    private static byte[] MutatedFrame(Random random)
    {
        ServerMessage message = random.Next(3) switch
        {
            0 => new() { Availability = new AvailabilityRequest { Job = new Job { Id = "AJ_x", Room = new Room { Name = "tea" }, Metadata = "m" } } },
            1 => new() { Assignment = new JobAssignment { Job = new Job { Id = "AJ_y" }, Url = "ws://localhost", Token = "t" } },
            _ => new() { Register = new RegisterWorkerResponse { WorkerId = "AW_9", ServerInfo = new ServerInfo { Version = "2" } } },
        };
        var frame = message.ToByteArray();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
            frame[random.Next(frame.Length)] = (byte)random.Next(256);
        return Harmless(random.Next(3) == 0 ? frame[..random.Next(frame.Length)] : frame);
    }

    /// <summary>A valid message that would end the test's own jobs is not what this is about.</summary>
    private static byte[] Harmless(byte[] frame) => IsServerMessage(frame) && ServerMessage.Parser.ParseFrom(frame).Termination is not null ? [0xff] : frame;

    private static bool IsServerMessage(byte[] frame)
    {
        try
        {
            ServerMessage.Parser.ParseFrom(frame);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private sealed class StubbornHandler : IJobHandler
    {
        public TaskCompletionSource<AssignedJob> Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask<JobAnswer> AnswerAsync(JobRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(JobAnswer.Accept());

        public Task RunAsync(AssignedJob job, CancellationToken cancellationToken)
        {
            Started.SetResult(job);
            return Release.Task;
        }
    }
}
