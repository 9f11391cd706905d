using Agent.Protocol;

namespace Agent.Tests.DevServer;

/// <summary>An agent worker as the wire sees it.</summary>
internal sealed class TestWorker : TestSocket<ServerMessage, WorkerMessage>
{
    public string WorkerId { get; private set; } = "";

    public static async Task<TestWorker> RegisterAsync(TestServer server, string agentName = "", JobType type = JobType.JtRoom, float? load = null, string @namespace = "")
    {
        var worker = new TestWorker();
        await worker.ConnectAsync(server);
        await worker.SendAsync(new WorkerMessage { Register = new RegisterWorkerRequest { AgentName = agentName, Type = type, Version = "1.0", Namespace = @namespace } });
        worker.WorkerId = (await worker.ReceiveAsync(m => m.MessageCase == ServerMessage.MessageOneofCase.Register)).Register.WorkerId;
        if (load is { } value)
            await worker.ReportAsync(value);
        return worker;
    }

    public Task ConnectAsync(TestServer server) => ConnectAsync(new Uri(server.Server.Url, "/agent?protocol=1"), server.Token("", new { agent = true }));

    /// <summary>Reports status and load, and returns when the server has read it.</summary>
    public async Task ReportAsync(float load, WorkerStatus status = WorkerStatus.WsAvailable)
    {
        await SendAsync(new WorkerMessage { UpdateWorker = new UpdateWorkerStatus { Load = load, Status = status } });
        await SendAsync(new WorkerMessage { Ping = new WorkerPing { Timestamp = 1 } });
        await ReceiveAsync(m => m.MessageCase == ServerMessage.MessageOneofCase.Pong);
    }

    public async Task<Job> OfferedAsync() => (await ReceiveAsync(m => m.MessageCase == ServerMessage.MessageOneofCase.Availability)).Availability.Job;

    public async Task<JobAssignment> AcceptAsync(Job job, string identity)
    {
        await SendAsync(new WorkerMessage
        {
            Availability = new AvailabilityResponse
            {
                JobId = job.Id,
                Available = true,
                ParticipantIdentity = identity,
                ParticipantName = "Agent",
                ParticipantAttributes = { ["colour"] = "blue" },
            },
        });
        return (await ReceiveAsync(m => m.MessageCase == ServerMessage.MessageOneofCase.Assignment)).Assignment;
    }

    public Task RefuseAsync(Job job) => SendAsync(new WorkerMessage { Availability = new AvailabilityResponse { JobId = job.Id } });
}
