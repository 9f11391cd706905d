using Agent.LiveKit.Worker;
using Agent.LiveKit.Worker.Machine;
using Agent.Protocol;
using Google.Protobuf;

namespace Agent.Tests.LiveKit.Worker.Machine;

/// <summary>The connection half of the machine.</summary>
public class WorkerLinkTests
{
    [Fact]
    public void Opened_FirstMessage_IsTheRegistrationAndItsAnswerIsFollowedByTheLoad()
    {
        var driver = new MachineDriver();
        driver.Start();
        driver.Machine.Opened(driver.Connection);
        var register = Assert.Single(driver.Sent()).Register;
        Assert.Equal(("assistant", JobType.JtRoom), (register.AgentName, register.Type));
        Assert.True(register.AllowedPermissions is { CanPublish: true, CanSubscribe: true, CanPublishData: true, CanUpdateMetadata: true, Hidden: false });
        Assert.Equal(WorkerState.Connecting, driver.Machine.State);

        driver.Server(new ServerMessage { Register = new RegisterWorkerResponse { WorkerId = "AW_1" } });

        var status = Assert.Single(driver.Sent()).UpdateWorker;
        Assert.Equal((WorkerStatus.WsAvailable, 0f, 0u), (status.Status, status.Load, status.JobCount));
        Assert.Equal((WorkerState.Registered, "AW_1"), (driver.Machine.State, driver.Machine.WorkerId));
    }

    [Fact]
    public void Received_BeforeTheRegistrationIsConfirmed_IsIgnored()
    {
        var driver = new MachineDriver();
        driver.Start();
        driver.Machine.Opened(driver.Connection);
        driver.Take();

        driver.Offer("AJ_1");
        driver.Server(new ServerMessage());

        Assert.Empty(driver.Take());
        Assert.Equal(2, driver.Machine.UnexpectedMessages);
    }

    [Fact]
    public void Tick_Registered_ReportsEvery2500Milliseconds()
    {
        var driver = MachineDriver.Registered();

        driver.Advance(25.1);

        Assert.Equal(10, driver.Sent().Count(message => message.UpdateWorker is not null));
    }

    [Fact]
    public void Tick_HalfOpenLink_IsNoticedWithinTenSeconds()
    {
        var driver = MachineDriver.Registered();
        driver.Advance(3.9);
        driver.Take();

        driver.Advance(10, healthyServer: false);

        var effects = driver.Take();
        Assert.Contains(new WorkerEffect.Abort(1), effects);
        Assert.Contains(new WorkerEffect.Connect(2), effects);
    }

    [Fact]
    public void Tick_HealthyServer_KeepsOneConnection()
    {
        var driver = MachineDriver.Registered();

        driver.Advance(3600);

        Assert.Equal(1, driver.Connection);
        Assert.DoesNotContain(driver.Take(), effect => effect is WorkerEffect.Abort);
    }

    [Fact]
    public void Tick_RegistrationNotConfirmed_TriesAnotherConnection()
    {
        var driver = new MachineDriver(new AgentWorkerOptions { Server = MachineDriver.Defaults().Server, StartTimeout = Timeout.InfiniteTimeSpan });
        driver.Start();
        driver.Machine.Opened(driver.Connection);

        driver.Advance(11);

        Assert.Contains(new WorkerEffect.Abort(1), driver.Take());
        Assert.Equal(2, driver.Connection);
    }

    [Fact]
    public void Closed_AgainAndAgain_WaitsLongerUpToTheCapAndNeverGivesUp()
    {
        var driver = MachineDriver.Registered();
        var pauses = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            driver.Lose();
            var before = driver.Now;
            driver.Advance((driver.Machine.Deadline - driver.Now).TotalSeconds);
            pauses.Add((driver.Now - before).TotalSeconds);
        }

        Assert.Equal([0.5, 1, 2, 4, 8, 10, 10, 10], pauses);
    }

    [Fact]
    public void Closed_AfterALongGoodConnection_StartsWithTheShortPauseAgain()
    {
        var driver = MachineDriver.Registered();
        for (var i = 0; i < 5; i++)
        {
            driver.Lose();
            driver.Advance(10);
        }

        driver.OpenAndRegister("AW_2");
        driver.Advance(60);
        driver.Lose();

        Assert.Equal(TimeSpan.FromSeconds(0.5), driver.Machine.Deadline - driver.Now);
        Assert.Equal((WorkerState.Connecting, "AW_2"), (driver.Machine.State, driver.Machine.WorkerId));
    }

    [Fact]
    public void OpenFailed_KeyRefusedAtStart_EndsTheWorker()
    {
        var driver = new MachineDriver();
        driver.Start();
        driver.Take();

        driver.Machine.OpenFailed(1, ConnectFailure.Refused, "refused", driver.Now);

        Assert.Equal(new WorkerEffect.Fail("refused"), Assert.Single(driver.Take()));
        Assert.Equal((WorkerState.Closed, TimeSpan.MaxValue), (driver.Machine.State, driver.Machine.Deadline));
    }

    [Fact]
    public void OpenFailed_KeyRefusedLater_KeepsTryingSlowly()
    {
        var driver = MachineDriver.Registered();
        driver.Lose();
        driver.Advance(0.5);
        driver.Take();

        driver.Machine.OpenFailed(2, ConnectFailure.Refused, "refused", driver.Now);

        Assert.Equal(TimeSpan.FromSeconds(10), driver.Machine.Deadline - driver.Now);
        driver.Advance(10);
        driver.OpenAndRegister();
        Assert.Equal(WorkerState.Registered, driver.Machine.State);
    }

    [Fact]
    public void OpenFailed_NobodyThereAtStart_GivesUpAfterTheStartTimeout()
    {
        var driver = new MachineDriver();
        driver.Start();
        while (driver.Machine.State == WorkerState.Connecting)
        {
            driver.Machine.OpenFailed(driver.Connection, ConnectFailure.Unreachable, "Connection refused", driver.Now);
            driver.Advance(Math.Min(60, (driver.Machine.Deadline - driver.Now).TotalSeconds));
        }

        var failure = Assert.IsType<WorkerEffect.Fail>(driver.Take()[^1]);
        Assert.Contains("ws://localhost:7880/", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Connection refused", failure.Message, StringComparison.Ordinal);
        Assert.True(driver.Now > TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Inputs_OfAnEarlierConnection_AreIgnored()
    {
        var driver = MachineDriver.Registered();
        driver.Lose();
        driver.Advance(1);
        driver.OpenAndRegister("AW_2");
        driver.Take();

        driver.Machine.Closed(1, "late", driver.Now);
        driver.Machine.OpenFailed(1, ConnectFailure.Refused, "late", driver.Now);
        driver.Machine.Opened(1);
        driver.Machine.Received(1, new ServerMessage { Availability = new AvailabilityRequest { Job = new Job { Id = "AJ_1" } } }, driver.Now);

        Assert.Empty(driver.Take());
        Assert.Equal(WorkerState.Registered, driver.Machine.State);
    }

    [Fact]
    public void Inputs_RandomMessagesInRandomOrder_NeverBreakTheProtocol()
    {
        var random = new Random(20261122);
        for (var run = 0; run < 500; run++)
        {
            var driver = new MachineDriver(MachineDriver.Defaults(maxJobs: 3));
            driver.Start();
            var registrations = new Dictionary<int, int>();
            for (var step = 0; step < 60; step++)
            {
                var job = "AJ_" + random.Next(5);
                switch (random.Next(14))
                {
                    case 0: driver.Machine.Opened(driver.Connection); break;
                    case 1: driver.Server(new ServerMessage { Register = new RegisterWorkerResponse { WorkerId = "AW" } }); break;
                    case 2: driver.Offer(job); break;
                    case 3: driver.Assign(job); break;
                    case 4: driver.Answer(job, JobAnswer.Accept()); break;
                    case 5: driver.Answer(job, random.Next(2) == 0 ? null : JobAnswer.Terminate()); break;
                    case 6: driver.Server(new ServerMessage { Termination = new JobTermination { JobId = job } }); break;
                    case 7: driver.End(job, random.Next(2) == 0, "error"); break;
                    case 8: driver.Server(new ServerMessage { Pong = new WorkerPong { LastTimestamp = random.NextInt64() } }); break;
                    case 9: driver.Lose(); break;
                    case 10: driver.Machine.OpenFailed(driver.Connection, ConnectFailure.Unreachable, "gone", driver.Now); break;
                    case 11: driver.Server(Mutated(random)); break;
                    default: driver.Advance(random.NextDouble() * 6, healthyServer: random.Next(3) > 0); break;
                }

                foreach (var send in driver.Take().OfType<WorkerEffect.Send>().Where(send => send.Message.Register is not null))
                    registrations[send.Connection] = registrations.GetValueOrDefault(send.Connection) + 1;
                Assert.InRange(driver.Machine.JobCount, 0, 5);
                Assert.All(registrations.Values, count => Assert.Equal(1, count));
            }

            // Whatever happened, it closes.
            driver.Drain(0);
            for (var i = 0; i < 5; i++)
                driver.End("AJ_" + i);
            driver.Advance(60);
            Assert.Equal(WorkerState.Closed, driver.Machine.State);
        }
    }

    private static ServerMessage Mutated(Random random)
    {
        var bytes = new ServerMessage { Assignment = new JobAssignment { Job = new Job { Id = "AJ_1", Room = new Room { Name = "tea" } }, Token = "t", Url = "ws://x" } }.ToByteArray();
        bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        try
        {
            return ServerMessage.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return new ServerMessage();
        }
    }
}
