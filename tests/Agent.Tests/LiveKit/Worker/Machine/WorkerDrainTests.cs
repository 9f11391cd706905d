using Agent.LiveKit.Worker;
using Agent.LiveKit.Worker.Machine;
using Agent.Protocol;

namespace Agent.Tests.LiveKit.Worker.Machine;

/// <summary>Taking no more jobs and closing.</summary>
public class WorkerDrainTests
{
    [Fact]
    public void Drain_NothingRuns_ClosesAtOnce()
    {
        var driver = MachineDriver.Registered();

        driver.Drain(60);

        var effects = driver.Take();
        Assert.Contains(effects.OfType<WorkerEffect.Send>(), send => send.Message.UpdateWorker is { Status: WorkerStatus.WsFull });
        Assert.Equal(new WorkerEffect.Close(1), effects[^1]);
        Assert.Equal((WorkerState.Closed, false, false), (driver.Machine.State, driver.Machine.ClosedEarly, driver.Machine.StoppedJobs));
    }

    [Fact]
    public void Drain_JobRuns_TakesNoMoreAndClosesWhenItsEndIsConfirmed()
    {
        var driver = MachineDriver.Registered();
        driver.RunJob("AJ_1");
        driver.Offer("AJ_2");
        driver.Take();

        driver.Drain(600);
        var effects = driver.Take();
        Assert.Contains(new WorkerEffect.CancelAsk(1, "AJ_2"), effects);
        Assert.Contains(effects.OfType<WorkerEffect.Send>(), send => send.Message.Availability is { JobId: "AJ_2", Available: false });
        driver.Offer("AJ_3");
        Assert.False(driver.Sent()[0].Availability.Available);
        driver.Advance(300);
        Assert.All(driver.Sent().Where(message => message.UpdateWorker is not null), message => Assert.Equal(WorkerStatus.WsFull, message.UpdateWorker.Status));
        driver.End("AJ_1");
        Assert.Equal(WorkerState.Draining, driver.Machine.State);
        driver.AnswerPings();

        Assert.Equal(new WorkerEffect.Close(1), driver.Take()[^1]);
        Assert.Equal((WorkerState.Closed, false, false), (driver.Machine.State, driver.Machine.ClosedEarly, driver.Machine.StoppedJobs));
    }

    [Fact]
    public void Drain_AcceptedJobIsStillAssigned_RunsItToItsEnd()
    {
        var driver = MachineDriver.Registered();
        driver.Offer("AJ_1");
        driver.Answer("AJ_1", JobAnswer.Accept());

        driver.Drain(600);
        driver.Assign("AJ_1");

        Assert.Single(driver.Take().OfType<WorkerEffect.Run>());
        Assert.Equal(WorkerState.Draining, driver.Machine.State);
    }

    [Fact]
    public void Drain_JobOutlastsTheTimeout_IsToldToEnd()
    {
        var driver = MachineDriver.Registered();
        driver.RunJob("AJ_1");
        driver.Drain(60);
        driver.Advance(59);
        Assert.DoesNotContain(driver.Take(), effect => effect is WorkerEffect.Stop);

        driver.Advance(1);
        Assert.Contains(new WorkerEffect.Stop("AJ_1", JobStopReason.DrainTimeout), driver.Take());
        driver.End("AJ_1");
        driver.AnswerPings();

        Assert.Equal((WorkerState.Closed, false, true), (driver.Machine.State, driver.Machine.ClosedEarly, driver.Machine.StoppedJobs));
    }

    [Fact]
    public void Drain_JobIgnoresThat_IsReportedAsFailedAndLeftBehind()
    {
        var driver = MachineDriver.Registered();
        driver.RunJob("AJ_1");
        driver.Drain(1);

        driver.Advance(11.1);

        var effects = driver.Take();
        Assert.Contains(effects.OfType<WorkerEffect.Send>(), send => send.Message.UpdateJob is { JobId: "AJ_1", Status: JobStatus.JsFailed });
        Assert.Equal((WorkerState.Closed, true), (driver.Machine.State, driver.Machine.ClosedEarly));
    }

    [Fact]
    public void Drain_ConnectionLostMeanwhile_ReconnectsToDeliverTheFinalStatus()
    {
        var driver = MachineDriver.Registered();
        driver.RunJob("AJ_1");
        driver.Drain(600);
        driver.Lose();
        driver.End("AJ_1");
        Assert.Equal(WorkerState.Draining, driver.Machine.State);

        driver.Advance(1);
        driver.OpenAndRegister("AW_2");
        driver.AnswerPings();

        var sent = driver.Sent();
        Assert.Contains(sent, message => message.UpdateWorker is { Status: WorkerStatus.WsFull });
        Assert.Contains(sent, message => message.UpdateJob is { JobId: "AJ_1", Status: JobStatus.JsSuccess });
        Assert.Equal((WorkerState.Closed, false), (driver.Machine.State, driver.Machine.ClosedEarly));
    }

    [Fact]
    public void Drain_ServerStaysAway_ClosesAfterTheStopTimeout()
    {
        var driver = MachineDriver.Registered();
        driver.RunJob("AJ_1");
        driver.Lose();
        driver.Drain(600);
        driver.End("AJ_1");

        driver.Advance(9.9);
        Assert.Equal(WorkerState.Draining, driver.Machine.State);
        Assert.DoesNotContain(new WorkerEffect.Reported("AJ_1"), driver.Take());
        driver.Advance(0.2);

        Assert.Contains(new WorkerEffect.Reported("AJ_1"), driver.Take());

        Assert.Equal((WorkerState.Closed, true), (driver.Machine.State, driver.Machine.ClosedEarly));
    }

    [Fact]
    public void Drain_BeforeTheStart_ClosesAtOnce()
    {
        var driver = new MachineDriver();

        driver.Drain(0);

        Assert.Equal(WorkerState.Closed, driver.Machine.State);
        Assert.Empty(driver.Take());
    }
}
