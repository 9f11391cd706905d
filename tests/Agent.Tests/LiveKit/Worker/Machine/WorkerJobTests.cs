using Agent.LiveKit.Worker;
using Agent.LiveKit.Worker.Machine;
using Agent.Protocol;

namespace Agent.Tests.LiveKit.Worker.Machine;

/// <summary>Offers, assignments, final statuses.</summary>
public class WorkerJobTests
{
    [Fact]
    public void Offer_Accepted_IsAnsweredAssignedAndRun()
    {
        var driver = MachineDriver.Registered();

        driver.Offer("AJ_1");
        Assert.Equal("AJ_1", Assert.IsType<WorkerEffect.Ask>(Assert.Single(driver.Take())).Request.Id);
        driver.Answer("AJ_1", JobAnswer.Accept());
        var answer = driver.Sent()[0].Availability;
        Assert.Equal(("AJ_1", true, "agent-AJ_1", "assistant"), (answer.JobId, answer.Available, answer.ParticipantIdentity, answer.ParticipantName));
        Assert.Equal("assistant", answer.ParticipantAttributes["lk.agent.name"]);
        driver.Assign("AJ_1");

        var effects = driver.Take();
        var job = Assert.Single(effects.OfType<WorkerEffect.Run>()).Job;
        Assert.Equal(("AJ_1", "tea", "m", "token", "agent-AJ_1", "AW_1"), (job.Id, job.RoomName, job.Metadata, job.Token, job.ParticipantIdentity, job.WorkerId));
        Assert.Equal(new Uri("ws://localhost:7880/"), job.Url);
        Assert.Contains(effects.OfType<WorkerEffect.Send>(), send => send.Message.UpdateJob is { JobId: "AJ_1", Status: JobStatus.JsRunning });
    }

    [Fact]
    public void Answer_WithOwnNames_SendsThem()
    {
        var driver = MachineDriver.Registered();
        driver.Offer("AJ_1");
        driver.Take();

        driver.Answer("AJ_1", JobAnswer.Accept() with
        {
            ParticipantIdentity = "bot",
            ParticipantName = "Bot",
            ParticipantMetadata = "{}",
            ParticipantAttributes = new Dictionary<string, string> { ["color"] = "blue" },
        });

        var answer = driver.Sent()[0].Availability;
        Assert.Equal(("bot", "Bot", "{}"), (answer.ParticipantIdentity, answer.ParticipantName, answer.ParticipantMetadata));
        Assert.Equal("blue", answer.ParticipantAttributes["color"]);
        driver.Assign("AJ_1");
        Assert.Equal("bot", Assert.Single(driver.Take().OfType<WorkerEffect.Run>()).Job.ParticipantIdentity);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Answer_NotAccepting_SendsUnavailableAndTerminateAsAsked(bool asksToTerminate, bool terminate)
    {
        var driver = MachineDriver.Registered();
        driver.Offer("AJ_1");
        driver.Take();

        driver.Answer("AJ_1", asksToTerminate ? JobAnswer.Terminate() : JobAnswer.Decline());

        var answer = driver.Sent()[0].Availability;
        Assert.Equal((false, terminate), (answer.Available, answer.Terminate));
    }

    [Fact]
    public void Answer_NotInTime_IsDeclinedOnceWithin2500Milliseconds()
    {
        var driver = MachineDriver.Registered();
        driver.Offer("AJ_1");
        driver.Take();

        driver.Advance(2.5);
        driver.Answer("AJ_1", JobAnswer.Accept());
        driver.Advance(10);

        var effects = driver.Take();
        Assert.Contains(new WorkerEffect.CancelAsk(1, "AJ_1"), effects);
        var answer = Assert.Single(effects.OfType<WorkerEffect.Send>(), send => send.Message.Availability is not null).Message.Availability;
        Assert.False(answer.Available);
    }

    [Fact]
    public void Offer_WhileFull_IsDeclinedWithoutAskingTheHandler()
    {
        var driver = MachineDriver.Registered(MachineDriver.Defaults(maxJobs: 2));
        driver.RunJob("AJ_1");
        driver.Offer("AJ_2");
        driver.Take();

        driver.Offer("AJ_3");

        var answer = Assert.IsType<WorkerEffect.Send>(Assert.Single(driver.Take())).Message.Availability;
        Assert.Equal(("AJ_3", false, false), (answer.JobId, answer.Available, answer.Terminate));
    }

    [Fact]
    public void Slots_FullAndFreeAgain_AreReportedAtOnce()
    {
        var driver = MachineDriver.Registered(MachineDriver.Defaults(maxJobs: 1));

        driver.Offer("AJ_1");
        driver.Answer("AJ_1", JobAnswer.Accept());
        Assert.Contains(driver.Sent(), message => message.UpdateWorker is { Status: WorkerStatus.WsFull, Load: 1, JobCount: 1 });
        driver.Assign("AJ_1");
        driver.Take();
        driver.End("AJ_1");

        Assert.Contains(driver.Sent(), message => message.UpdateWorker is { Status: WorkerStatus.WsAvailable, Load: 0, JobCount: 0 });
    }

    [Fact]
    public void Assignment_NeverComes_FreesTheSlotAndRunsIfItComesAfterAll()
    {
        var driver = MachineDriver.Registered(MachineDriver.Defaults(maxJobs: 1));
        driver.Offer("AJ_1");
        driver.Answer("AJ_1", JobAnswer.Accept());

        driver.Advance(10.1);
        Assert.Equal(WorkerStatus.WsAvailable, driver.Sent().Last(message => message.UpdateWorker is not null).UpdateWorker.Status);
        driver.Assign("AJ_1");

        Assert.Single(driver.Take().OfType<WorkerEffect.Run>());
    }

    [Theory]
    [InlineData("wss://elsewhere:8443/sub", "wss://elsewhere:8443/sub")]
    [InlineData("https://elsewhere", "wss://elsewhere/")]
    [InlineData("nonsense", "ws://localhost:7880/")]
    [InlineData("file:///etc/passwd", "ws://localhost:7880/")]
    public void Assignment_WithUrl_IsUsedIfItIsOne(string url, string expected)
    {
        var driver = MachineDriver.Registered();
        driver.Offer("AJ_1");
        driver.Answer("AJ_1", JobAnswer.Accept());
        driver.Assign("AJ_1", url);

        Assert.Equal(new Uri(expected), Assert.Single(driver.Take().OfType<WorkerEffect.Run>()).Job.Url);
    }

    [Fact]
    public void Assignment_NotAcceptedOrWithoutToken_IsReportedAsFailedSoThatTheServerForgetsIt()
    {
        var driver = MachineDriver.Registered();

        driver.Assign("AJ_1");
        driver.Offer("AJ_2");
        driver.Answer("AJ_2", JobAnswer.Accept());
        driver.Assign("AJ_2", token: "");

        var effects = driver.Take();
        Assert.Empty(effects.OfType<WorkerEffect.Run>());
        Assert.Equal(["AJ_1", "AJ_2"], effects.OfType<WorkerEffect.Send>().Select(send => send.Message.UpdateJob).Where(update => update is { Status: JobStatus.JsFailed }).Select(update => update.JobId));
    }

    [Fact]
    public void Termination_OfARunningJob_StopsItAndItsEndIsReported()
    {
        var driver = MachineDriver.Registered();
        driver.RunJob("AJ_1");
        driver.Take();

        driver.Server(new ServerMessage { Termination = new JobTermination { JobId = "AJ_1" } });
        driver.Server(new ServerMessage { Termination = new JobTermination { JobId = "AJ_unknown" } });
        Assert.Equal(new WorkerEffect.Stop("AJ_1", JobStopReason.ServerTerminated), Assert.Single(driver.Take()));
        driver.End("AJ_1");

        Assert.Contains(driver.Sent(), message => message.UpdateJob is { JobId: "AJ_1", Status: JobStatus.JsSuccess });
    }

    [Fact]
    public void FinalStatus_ConnectionDown_IsSentAfterTheReconnect()
    {
        var driver = MachineDriver.Registered();
        driver.RunJob("AJ_1");
        driver.RunJob("AJ_2");
        driver.Lose();
        driver.Take();

        driver.End("AJ_1", succeeded: false, "no more tea");
        Assert.Empty(driver.Sent());
        driver.Advance(1);
        driver.OpenAndRegister("AW_2");

        var updates = driver.Sent().Select(message => message.UpdateJob).Where(update => update is not null).ToList();
        Assert.Contains(updates, update => update is { JobId: "AJ_1", Status: JobStatus.JsFailed, Error: "no more tea" });
        Assert.Contains(updates, update => update is { JobId: "AJ_2", Status: JobStatus.JsRunning });
    }

    [Fact]
    public void FinalStatus_SentOnALinkThatWasDead_IsSentAgain()
    {
        var driver = MachineDriver.Registered();
        driver.RunJob("AJ_1");
        driver.Take();

        // The socket took the bytes and nobody has them.
        driver.End("AJ_1");
        Assert.Single(driver.Sent(), message => message.UpdateJob is not null);
        driver.Advance(11, healthyServer: false);
        driver.OpenAndRegister("AW_2");
        Assert.Single(driver.Sent(), message => message.UpdateJob is { JobId: "AJ_1", Status: JobStatus.JsSuccess });

        // The next connection dies as well, before the ping behind the status is answered.
        driver.Lose();
        driver.Advance(2);
        driver.OpenAndRegister("AW_3");
        driver.AnswerPings();
        Assert.Single(driver.Sent(), message => message.UpdateJob is { JobId: "AJ_1", Status: JobStatus.JsSuccess });

        // Confirmed: never again.
        driver.Lose();
        driver.Advance(4);
        driver.OpenAndRegister("AW_4");
        Assert.DoesNotContain(driver.Sent(), message => message.UpdateJob is not null);
    }

    [Fact]
    public void FinalStatus_Confirmed_IsSaidOnceAndNotBefore()
    {
        var driver = MachineDriver.Registered();
        driver.RunJob("AJ_1");
        driver.End("AJ_1");
        Assert.DoesNotContain(driver.Take(), effect => effect is WorkerEffect.Reported);

        driver.Advance(4.1);
        Assert.Equal(new WorkerEffect.Reported("AJ_1"), Assert.Single(driver.Take(), effect => effect is WorkerEffect.Reported));
        driver.Advance(60);

        Assert.DoesNotContain(driver.Take(), effect => effect is WorkerEffect.Reported);
    }

    [Fact]
    public void FinalStatus_PongOfAnEarlierPing_DoesNotConfirmIt()
    {
        var driver = MachineDriver.Registered();
        driver.RunJob("AJ_1");
        driver.Advance(4.1, healthyServer: false);
        var earlier = driver.Sent().Last(message => message.Ping is not null).Ping.Timestamp;
        driver.End("AJ_1");
        driver.Take();

        driver.Server(new ServerMessage { Pong = new WorkerPong { LastTimestamp = earlier } });
        driver.Lose();
        driver.Advance(1);
        driver.OpenAndRegister("AW_2");

        Assert.Single(driver.Sent(), message => message.UpdateJob is { JobId: "AJ_1", Status: JobStatus.JsSuccess });
    }

    [Fact]
    public void Offers_WhenTheConnectionIsLost_AreForgotten()
    {
        var driver = MachineDriver.Registered(MachineDriver.Defaults(maxJobs: 2));
        driver.Offer("AJ_1");
        driver.Offer("AJ_2");
        driver.Answer("AJ_2", JobAnswer.Accept());
        driver.Take();

        driver.Lose();
        Assert.Contains(new WorkerEffect.CancelAsk(1, "AJ_1"), driver.Take());
        driver.Advance(1);
        driver.OpenAndRegister("AW_2");
        driver.Take();
        driver.Machine.Answered(1, "AJ_1", JobAnswer.Accept(), driver.Now);

        Assert.Empty(driver.Take());
        driver.Offer("AJ_3");
        Assert.IsType<WorkerEffect.Ask>(Assert.Single(driver.Take()));
    }

    [Fact]
    public void Answer_LargerThanTheServersFrameLimit_IsDeclinedInstead()
    {
        var driver = MachineDriver.Registered();
        driver.Offer("AJ_1");
        driver.Take();

        driver.Answer("AJ_1", JobAnswer.Accept() with { ParticipantMetadata = new string('x', 3_000_000) });

        Assert.False(driver.Sent()[0].Availability.Available);
        Assert.Equal(WorkerState.Registered, driver.Machine.State);
    }
}
