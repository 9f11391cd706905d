using Agent.LiveKit.Worker;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Protocol;
using Agent.Worker.Agents;
using Agent.Worker.Configuration;
using Agent.Worker.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Agent.Tests.Worker.Jobs;

public sealed class JobRunnerTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly ManualTime _time = new();
    private readonly FakeJobRoom _room;
    private readonly AssignedJob _assigned = Job();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _linked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private InProcessJobHost? _host;

    public JobRunnerTests() => _room = new(_time);

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task RunAsync_ParticipantLeavesAndStaysAway_Succeeds()
    {
        var job = RunAsync();
        _room.Joins("ada");
        await _linked.Task.WaitAsync(s_patience);
        _room.Happens(new ParticipantLeft("ada"));
        await _time.TimerSetAsync(TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(job.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new JobEnd(JobEndKind.Succeeded, "the participant left"), await job.WaitAsync(s_patience));
        await AssertLeavesOnceReported();
    }

    [Theory]
    [InlineData(false, "the room was deleted")]
    [InlineData(true, "the connection to the room was lost")]
    public async Task RunAsync_RoomIsOver_FailsOnlyWhenItWasLost(bool isLoss, string reason)
    {
        var job = RunAsync();
        _room.Joins("ada");
        await _linked.Task.WaitAsync(s_patience);
        _room.End = new(isLoss, reason);
        _room.Happens(new RoomClosed(reason));
        Assert.Equal(new JobEnd(isLoss ? JobEndKind.Failed : JobEndKind.Succeeded, reason), await job.WaitAsync(s_patience));
    }

    [Fact]
    public async Task RunAsync_NobodyComes_EndsAfterTheWait()
    {
        var job = RunAsync();
        await _time.TimerSetAsync(TimeSpan.FromMinutes(5));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(new JobEnd(JobEndKind.Succeeded, "nobody came within 00:05:00"), await job.WaitAsync(s_patience));
        await AssertLeavesOnceReported();
    }

    [Fact]
    public async Task RunAsync_OnEnterThrows_FailsWithoutRepeatingWhatTheExceptionSays()
    {
        var job = RunAsync(onEnter: (_, _) => throw new InvalidOperationException("a secret"));
        _room.Joins("ada");
        var end = await job.WaitAsync(s_patience);
        Assert.Equal(JobEndKind.Failed, end.Kind);
        Assert.Contains("InvalidOperationException", end.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret", end.Reason, StringComparison.Ordinal);
        await AssertLeavesOnceReported();
    }

    [Fact]
    public async Task RunAsync_OnEnter_KnowsTheJobAndThePerson()
    {
        JobContext? seen = null;
        var job = RunAsync(onEnter: (context, _) =>
        {
            seen = context;
            return context.Session.CloseAsync();
        });
        _room.Joins("ada");
        Assert.Equal(new JobEnd(JobEndKind.Succeeded, "the agent closed the conversation"), await job.WaitAsync(s_patience));
        Assert.Equal(new JobDetails("J1", "clerk", "tea", "{}"), seen!.Job);
        Assert.Equal("ada", seen.Participant.Identity);
    }

    [Fact]
    public async Task RunAsync_ToldToEnd_EndsPolitelyWithTheReason()
    {
        var job = RunAsync();
        _room.Joins("ada");
        await _linked.Task.WaitAsync(s_patience);
        Assert.True(_assigned.TryStop(JobStopReason.DrainTimeout));
        await _stop.CancelAsync();
        Assert.Equal(
            new JobEnd(JobEndKind.Succeeded, "the worker is stopping and the drain time-out has passed"),
            await job.WaitAsync(s_patience));
        await AssertLeavesOnceReported();
    }

    [Fact]
    public async Task RunAsync_TheServerNeverConfirms_LeavesAfterTheCloseTimeout()
    {
        var job = RunAsync(onEnter: (context, _) => context.Session.CloseAsync());
        _room.Joins("ada");
        await job.WaitAsync(s_patience);
        await _time.TimerSetAsync(TimeSpan.FromSeconds(10));
        Assert.False(_room.IsLeft);
        _time.Advance(TimeSpan.FromSeconds(10));
        await _host!.SettleAsync().WaitAsync(s_patience);
        Assert.True(_room.IsLeft);
    }

    [Fact]
    public async Task RunAsync_JoiningTakesTooLong_FailsWithTheLimit()
    {
        var job = RunAsync(rooms: new EndlessRooms(_time));
        await _time.TimerSetAsync(TimeSpan.FromSeconds(15));
        _time.Advance(TimeSpan.FromSeconds(15));
        var end = await job.WaitAsync(s_patience);
        Assert.Equal(JobEndKind.Failed, end.Kind);
        Assert.Contains("within 00:00:15 (Worker:ConnectTimeout)", end.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_RoomCannotBeJoined_FailsWithTheReason()
    {
        var end = await RunAsync(rooms: new ClosedRooms(new AgentException("the server refuses the token"))).WaitAsync(s_patience);
        Assert.Equal(new JobEnd(JobEndKind.Failed, "the server refuses the token"), end);
    }

    [Fact]
    public async Task RunAsync_UnknownError_FailsWithItsTypeAlone()
    {
        var end = await RunAsync(rooms: new ClosedRooms(new InvalidDataException("a secret"))).WaitAsync(s_patience);
        Assert.Equal(new JobEnd(JobEndKind.Failed, "unexpected InvalidDataException; see the worker's log"), end);
    }

    private static AssignedJob Job() =>
        new(new Job { Id = "J1", Metadata = "{}", Room = new Room { Name = "tea" } }, new Uri("ws://localhost"), "token", "agent-J1", "W1");

    private async Task AssertLeavesOnceReported()
    {
        Assert.False(_room.IsLeft);
        _assigned.SetReported();
        await _host!.SettleAsync().WaitAsync(s_patience);
        Assert.True(_room.IsLeft);
    }

    private Task<JobEnd> RunAsync(Func<JobContext, CancellationToken, Task>? onEnter = null, IJobRooms? rooms = null)
    {
        var services = new ServiceCollection().BuildServiceProvider();
        var runner = new JobRunner(
            rooms ?? new OneRoom(_room),
            Options.Create(new WorkerOptions()),
            _time,
            services.GetRequiredService<IServiceScopeFactory>(),
            NullLoggerFactory.Instance);
        var agent = new HostedAgent("clerk", SilentEngines.Definition(), new SessionOptions(), onEnter, (_, happened) =>
        {
            if (happened is ParticipantLinked { Participant: not null })
                _linked.TrySetResult();
        });
        _host = new InProcessJobHost(_ => agent, runner, _time, NullLogger<InProcessJobHost>.Instance);
        return _host.RunAsync("clerk", _assigned, _stop.Token);
    }

    private sealed class OneRoom(FakeJobRoom room) : IJobRooms
    {
        public void Prepare()
        {
        }

        public Task<IJobRoom> JoinAsync(AssignedJob job, CancellationToken cancellationToken) => Task.FromResult<IJobRoom>(room);
    }

    private sealed class EndlessRooms(TimeProvider time) : IJobRooms
    {
        public void Prepare()
        {
        }

        public async Task<IJobRoom> JoinAsync(AssignedJob job, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            throw new InvalidOperationException("unreachable");
        }
    }

    private sealed class ClosedRooms(Exception error) : IJobRooms
    {
        public void Prepare()
        {
        }

        public Task<IJobRoom> JoinAsync(AssignedJob job, CancellationToken cancellationToken) => Task.FromException<IJobRoom>(error);
    }
}
