using Agent.LiveKit.Api;
using Agent.LiveKit.Worker;
using Agent.LiveKit.Worker.Machine;
using Agent.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Tests.LiveKit.Worker.Machine;

/// <summary>Drives a machine on virtual time and plays the server, the sockets and the handler by hand.</summary>
internal sealed class MachineDriver
{
    private readonly List<WorkerEffect> _effects = [];

    public MachineDriver(AgentWorkerOptions? options = null, double jitter = 1)
    {
        Options = options ?? Defaults();
        Machine = new WorkerMachine(Options, NullLogger.Instance, new SteadyRandom(jitter));
    }

    public AgentWorkerOptions Options { get; }

    public WorkerMachine Machine { get; }

    public TimeSpan Now { get; private set; }

    public int Connection { get; private set; }

    /// <summary>What the machine wanted done since the last call.</summary>
    public List<WorkerEffect> Take()
    {
        Collect();
        var taken = _effects.ToList();
        _effects.Clear();
        return taken;
    }

    /// <summary>What it sent since the last call; everything else that it wanted is dropped.</summary>
    public List<WorkerMessage> Sent() => [.. Take().OfType<WorkerEffect.Send>().Select(send => send.Message)];

    public static AgentWorkerOptions Defaults(int maxJobs = 2) => new()
    {
        Server = new LiveKitServer("ws://localhost:7880", "key", "secret"),
        AgentName = "assistant",
        Load = new WorkerLoadOptions { MaxJobs = maxJobs, Strategy = WorkerLoadStrategy.Slots },
    };

    /// <summary>Lets time pass, calling the machine exactly when it asks to be called. Pings are answered if the server is healthy.</summary>
    public void Advance(double seconds, bool healthyServer = true)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        for (var steps = 0; Machine.Deadline <= end; steps++)
        {
            Assert.True(steps < 100_000, "the machine's deadline does not move on");
            Now = Machine.Deadline < Now ? Now : Machine.Deadline;
            Machine.Tick(Now);
            Collect(answerPings: healthyServer);
        }

        Now = end;
        Machine.Tick(Now);
        Collect(answerPings: healthyServer);
    }

    public void Start()
    {
        Machine.Start(Now);
        Collect();
    }

    /// <summary>Starts and registers; what was sent for that is forgotten.</summary>
    public static MachineDriver Registered(AgentWorkerOptions? options = null)
    {
        var driver = new MachineDriver(options);
        driver.Start();
        driver.OpenAndRegister();
        driver.Take();
        return driver;
    }

    public void OpenAndRegister(string workerId = "AW_1")
    {
        Collect();
        Machine.Opened(Connection);
        Server(new ServerMessage { Register = new RegisterWorkerResponse { WorkerId = workerId, ServerInfo = new ServerInfo { Version = "1.13.5" } } });
    }

    public void Server(ServerMessage message)
    {
        Machine.Received(Connection, message, Now);
        Collect();
    }

    public void Offer(string jobId) => Server(new ServerMessage { Availability = new AvailabilityRequest { Job = Job(jobId) } });

    public void Assign(string jobId, string? url = null, string token = "token")
    {
        var assignment = new JobAssignment { Job = Job(jobId), Token = token };
        if (url is not null)
            assignment.Url = url;
        Server(new ServerMessage { Assignment = assignment });
    }

    public void Answer(string jobId, JobAnswer? answer)
    {
        Machine.Answered(Connection, jobId, answer, Now);
        Collect();
    }

    public void End(string jobId, bool succeeded = true, string error = "")
    {
        Machine.Ended(jobId, succeeded, error, Now);
        Collect();
    }

    public void Lose()
    {
        Machine.Closed(Connection, "reset", Now);
        Collect();
    }

    public void Drain(double stopAfterSeconds)
    {
        Machine.Drain(Now + TimeSpan.FromSeconds(stopAfterSeconds), JobStopReason.DrainTimeout, Now);
        Collect();
    }

    /// <summary>Offers a job, accepts it and assigns it.</summary>
    public void RunJob(string jobId)
    {
        Offer(jobId);
        Answer(jobId, JobAnswer.Accept());
        Assign(jobId);
    }

    /// <summary>The server answers every ping that was sent up to now and not taken.</summary>
    public void AnswerPings() => Collect(answerPings: true);

    private static Job Job(string jobId) => new() { Id = jobId, Room = new Room { Name = "tea" }, AgentName = "assistant", Metadata = "m" };

    private void Collect(bool answerPings = false)
    {
        while (Machine.TryTakeEffect(out var effect))
        {
            _effects.Add(effect);
            if (effect is WorkerEffect.Connect connect)
                Connection = connect.Connection;
        }

        if (!answerPings)
            return;
        foreach (var ping in _effects.OfType<WorkerEffect.Send>().Where(send => send.Message.Ping is not null && send.Connection == Connection).ToList())
        {
            Machine.Received(Connection, new ServerMessage { Pong = new WorkerPong { LastTimestamp = ping.Message.Ping.Timestamp } }, Now);
            _effects.Remove(ping);
        }

        Collect();
    }

    private sealed class SteadyRandom(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
