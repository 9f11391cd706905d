using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Agent.Protocol;
using Google.Protobuf;

namespace Agent.Tests.DevServer;

/// <summary>Random and mutated bytes on every socket: dropped or answered with an error, and the server goes on as before.</summary>
public sealed class MalformedInputTests : IAsyncLifetime
{
    private const int Seed = 20_240;
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Signalling_MutatedRequests_NeverFailInside()
    {
        var random = new Random(Seed);
        var samples = SignalSamples().Select(m => m.ToByteArray()).ToArray();
        var client = await TestClient.JoinAsync(_server, _server.JoinToken("mallory", "r"));
        for (var i = 0; i < 2000; i++)
        {
            try
            {
                await client.SendRawAsync(Mutate(samples[random.Next(samples.Length)], random));
            }
            catch (WebSocketException)
            {
                // The server has closed it, as it should; the next connection goes on.
                await client.DisposeAsync();
                client = await TestClient.JoinAsync(_server, _server.JoinToken("mallory", "r"));
            }
        }

        await client.DisposeAsync();
        await AssertAliveAsync();
    }

    [Fact]
    public async Task Agent_MutatedMessages_NeverFailInside()
    {
        var random = new Random(Seed);
        var samples = WorkerSamples().Select(m => m.ToByteArray()).ToArray();
        var worker = await TestWorker.RegisterAsync(_server, "fuzz");
        for (var i = 0; i < 2000; i++)
        {
            try
            {
                await worker.SendRawAsync(Mutate(samples[random.Next(samples.Length)], random));
            }
            catch (WebSocketException)
            {
                await worker.DisposeAsync();
                worker = await TestWorker.RegisterAsync(_server, "fuzz");
            }
        }

        await worker.DisposeAsync();
        await AssertAliveAsync();
    }

    [Fact]
    public async Task ServerApi_MutatedRequests_AreAnswered()
    {
        var random = new Random(Seed);
        string[] methods =
        [
            "RoomService/CreateRoom", "RoomService/ListRooms", "RoomService/UpdateParticipant", "RoomService/SendData", "RoomService/UpdateSubscriptions",
            "AgentDispatchService/CreateDispatch", "AgentDispatchService/ListDispatch",
        ];
        byte[][] samples =
        [
            new CreateRoomRequest { Name = "r", Metadata = "m", Agents = { new RoomAgentDispatch { AgentName = "a" } } }.ToByteArray(),
            """{"room":"r","identity":"a","attributes":{"x":"y"},"permission":{"canPublish":true}}"""u8.ToArray(),
            """{"name":"r","agents":[{"agent_name":"b"}],"max_participants":5}"""u8.ToArray(),
        ];
        var admin = _server.AdminToken("r");
        for (var i = 0; i < 2000; i++)
        {
            using var response = await _server.PostAsync(
                methods[random.Next(methods.Length)], Mutate(samples[random.Next(samples.Length)], random), random.Next(2) == 0 ? "application/json" : "application/protobuf", admin);
            Assert.True((int)response.StatusCode < 500, await response.Content.ReadAsStringAsync());
        }

        await AssertAliveAsync();
    }

    [Fact]
    public async Task Media_RandomDatagrams_AreDroppedAndCounted()
    {
        var random = new Random(Seed);
        using var udp = new UdpClient(AddressFamily.InterNetwork);
        var datagram = new byte[1500];
        for (var i = 0; i < 5000; i++)
        {
            random.NextBytes(datagram);
            // The first byte decides which protocol a datagram counts as (RFC 7983).
            datagram[0] = (byte)random.Next(256);
            await udp.SendAsync(datagram.AsMemory(0, random.Next(1501)), _server.Server.MediaEndPoint);
        }

        using var patience = new CancellationTokenSource(TestServer.Patience);
        while (_server.Server.Counters.DroppedDatagrams == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await AssertAliveAsync();
    }

    [Fact]
    public async Task Signalling_TextFrame_ClosesTheSocketAndIsCounted()
    {
        await using var client = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        await client.SendRawAsync("{}"u8.ToArray(), WebSocketMessageType.Text);
        await client.ReceiveToEndAsync();
        Assert.Equal(1, _server.Server.Counters.MalformedSignals);
    }

    [Fact]
    public async Task Signalling_FrameOverTheLimit_ClosesTheSocketAndIsCounted()
    {
        await using var client = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "r"));
        await client.SendRawAsync(new byte[600 * 1024]);
        await client.ReceiveToEndAsync();
        Assert.Equal(1, _server.Server.Counters.MalformedSignals);
    }

    private static byte[] Mutate(byte[] sample, Random random)
    {
        if (random.Next(10) == 0)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            return noise;
        }

        var bytes = sample.ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(3))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveAt(at);
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    private static IEnumerable<SignalRequest> SignalSamples() =>
    [
        new SignalRequest { Offer = new SessionDescription { Type = "offer", Sdp = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n", Id = 1 } },
        new SignalRequest { Answer = new SessionDescription { Type = "answer", Sdp = "v=0\r\n", Id = 1 } },
        new SignalRequest { Trickle = new TrickleRequest { CandidateInit = """{"candidate":"candidate:1 1 udp 1 127.0.0.1 9 typ host"}""", Target = SignalTarget.Subscriber } },
        new SignalRequest { AddTrack = new AddTrackRequest { Cid = "c", Name = "n", Source = TrackSource.Microphone } },
        new SignalRequest { Mute = new MuteTrackRequest { Sid = "TR_x", Muted = true } },
        new SignalRequest { Subscription = new UpdateSubscription { TrackSids = { "TR_x" }, Subscribe = true, ParticipantTracks = { new ParticipantTracks { ParticipantSid = "PA_x", TrackSids = { "TR_y" } } } } },
        new SignalRequest { TrackSetting = new UpdateTrackSettings { TrackSids = { "TR_x" }, Disabled = true } },
        new SignalRequest { SubscriptionPermission = new SubscriptionPermission { TrackPermissions = { new TrackPermission { ParticipantIdentity = "x", AllTracks = true } } } },
        new SignalRequest { SyncState = new SyncState { PublishTracks = { new TrackPublishedResponse { Cid = "c" } }, DatachannelReceiveStates = { new DataChannelReceiveState { PublisherSid = "PA_x", LastSeq = 1 } } } },
        new SignalRequest { Simulate = new SimulateScenario { SpeakerUpdate = 1 } },
        new SignalRequest { UpdateMetadata = new UpdateParticipantMetadata { Name = "n", Attributes = { ["a"] = "b" }, RequestId = 1 } },
        new SignalRequest { PingReq = new Ping { Timestamp = 1, Rtt = 2 } },
    ];

    private static IEnumerable<WorkerMessage> WorkerSamples() =>
    [
        new WorkerMessage { Availability = new AvailabilityResponse { JobId = "AJ_x", Available = true, ParticipantIdentity = "i", ParticipantAttributes = { ["a"] = "b" } } },
        new WorkerMessage { UpdateWorker = new UpdateWorkerStatus { Status = WorkerStatus.WsAvailable, Load = 0.5f, JobCount = 1 } },
        new WorkerMessage { UpdateJob = new UpdateJobStatus { JobId = "AJ_x", Status = JobStatus.JsFailed, Error = "e" } },
        new WorkerMessage { SimulateJob = new SimulateJobRequest { Type = JobType.JtRoom, Room = new Room { Name = "r" } } },
        new WorkerMessage { Ping = new WorkerPing { Timestamp = 1 } },
        new WorkerMessage { MigrateJob = new MigrateJobRequest { JobIds = { "AJ_x" } } },
    ];

    private async Task AssertAliveAsync()
    {
        Assert.Equal(0, _server.Server.Counters.InternalErrors);
        await using var client = await TestClient.JoinAsync(_server, _server.JoinToken("ann", "afterwards"));
        Assert.Equal("afterwards", client.Joined.Room.Name);
        using var ok = await _server.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, ok.StatusCode);
    }
}
