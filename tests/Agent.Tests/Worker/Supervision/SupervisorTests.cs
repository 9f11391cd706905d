using Agent.LiveKit.Worker;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Vad;
using Agent.Protocol;
using Agent.Tests.Worker.Jobs;
using Agent.Worker.Health;
using Agent.Worker.Hosting;
using Agent.Worker.Jobs;
using Agent.Worker.Supervision;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Agent.Tests.Worker.Supervision;

public class SupervisorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Current_FollowsTheRegistrations()
    {
        var registrations = new FakeRegistrations();
        await using var services = Services(registrations, "clerk", "guide");
        var supervisor = services.GetRequiredService<Supervisor>();
        Assert.Equal(new Readiness(false, "starting: not registered with the LiveKit server yet"), supervisor.Current);

        await supervisor.StartAsync(Stop);
        Assert.Equal(new Readiness(true, "registered: clerk, guide"), supervisor.Current);

        registrations.Made["guide"].State = WorkerState.Connecting;
        Assert.Equal(new Readiness(false, "disconnected from the LiveKit server: agent guide is connecting"), supervisor.Current);

        registrations.Made["guide"].State = WorkerState.Registered;
        Assert.True(supervisor.Current.IsReady);

        registrations.Made["clerk"].Drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopping = supervisor.StopAsync(Stop);
        Assert.Equal(new Readiness(false, "draining: finishing jobs, taking none"), supervisor.Current);
        Assert.False(stopping.IsCompleted);
        registrations.Made["clerk"].Drained!.SetResult(true);
        await stopping;
    }

    [Fact]
    public async Task StopAsync_GivesJobsTheDrainTimeout()
    {
        var registrations = new FakeRegistrations();
        await using var services = Services(registrations, "clerk");
        var supervisor = services.GetRequiredService<Supervisor>();
        await supervisor.StartAsync(Stop);
        await supervisor.StopAsync(Stop);
        Assert.Equal(TimeSpan.FromMinutes(7), registrations.Made["clerk"].DrainTimeout);
    }

    [Fact]
    public async Task StopAsync_TheHostLosesPatience_EndsTheDrain()
    {
        var registrations = new FakeRegistrations();
        await using var services = Services(registrations, "clerk");
        var supervisor = services.GetRequiredService<Supervisor>();
        await supervisor.StartAsync(Stop);
        registrations.Made["clerk"].Drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var patience = new CancellationTokenSource();
        var stopping = supervisor.StopAsync(patience.Token);
        Assert.False(stopping.IsCompleted);
        await patience.CancelAsync();
        await stopping.WaitAsync(TimeSpan.FromSeconds(30), Stop);
    }

    [Fact]
    public async Task StartAsync_UnknownProvider_NamesTheNearest()
    {
        await using var services = Services(new FakeRegistrations(), settings: new(StringComparer.Ordinal) { ["Agent:SpeechToText"] = "local/pocketsphynx" });
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => services.GetRequiredService<Supervisor>().StartAsync(Stop));
        Assert.Contains("local/pocketsphinx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_EngineMissing_SaysWhichSettingIsToBeSet()
    {
        await using var services = Services(new FakeRegistrations(), settings: new(StringComparer.Ordinal) { ["Agent:Name"] = "clerk" });
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => services.GetRequiredService<Supervisor>().StartAsync(Stop));
        Assert.Contains("The agent 'clerk' has no recogniser", error.Message, StringComparison.Ordinal);
        Assert.Contains("--stt", error.Message, StringComparison.Ordinal);
        Assert.Contains("AGENT_STT", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Desk_AFailedJob_ReportsTheReasonAndHarmsNoOther()
    {
        var host = new FakeJobHost();
        var capacity = new JobCapacity(2);
        var desk = new JobDesk("clerk", capacity, host);
        var first = desk.RunAsync(Job("J1"), Stop);
        var second = desk.RunAsync(Job("J2"), Stop);
        Assert.Equal(JobAnswerKind.Decline, (await desk.AnswerAsync(new JobRequest(new Job { Id = "J3" }, false), Stop)).Kind);

        host.Ends["J1"].SetResult(new(JobEndKind.Failed, "the room cannot be joined"));
        Assert.Equal("the room cannot be joined", (await Assert.ThrowsAsync<AgentException>(() => first)).Message);
        Assert.False(second.IsCompleted);
        Assert.Equal(JobAnswerKind.Accept, (await desk.AnswerAsync(new JobRequest(new Job { Id = "J3" }, false), Stop)).Kind);

        host.Ends["J2"].SetResult(new(JobEndKind.Succeeded, "the participant left"));
        await second;
        Assert.Equal(0, capacity.Taken);
    }

    private static AssignedJob Job(string id) => new(new Job { Id = id, Room = new Room { Name = "tea" } }, new Uri("ws://localhost"), "token", "agent", "W1");

    private static ServiceProvider Services(FakeRegistrations registrations, params string[] agents) => Services(registrations, [], agents);

    private static ServiceProvider Services(FakeRegistrations registrations, Dictionary<string, string?> settings, params string[] agents)
    {
        settings["Worker:DrainTimeout"] = "00:07:00";
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging();
        services.AddSingleton<IRegistrations>(registrations);
        services.AddSingleton<IJobHost, FakeJobHost>();
        services.AddSingleton<IVoiceActivityModel, SilentEngines>();
        services.AddAgentWorker();
        foreach (var name in agents)
        {
            services.AddAgent(name, agent =>
            {
                agent.UseSpeechToText(_ => new SilentEngines());
                agent.UseLanguageModel(_ => new SilentEngines());
                agent.UseTextToSpeech(_ => new SilentEngines());
            });
        }

        return services.BuildServiceProvider();
    }

    private sealed class FakeRegistrations : IRegistrations
    {
        public Dictionary<string, FakeRegistration> Made { get; } = new(StringComparer.Ordinal);

        public IRegistration Create(string agentName, IJobHandler handler) => Made[agentName] = new FakeRegistration();
    }

    private sealed class FakeRegistration : IRegistration
    {
        public WorkerState State { get; set; }

        public int JobCount { get; set; }

        public TaskCompletionSource<bool>? Drained { get; set; }

        public TimeSpan? DrainTimeout { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            State = WorkerState.Registered;
            return Task.CompletedTask;
        }

        public async Task<bool> DrainAsync(TimeSpan timeout, CancellationToken cancellationToken)
        {
            DrainTimeout = timeout;
            if (Drained is null)
                return true;
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = cancellationToken.Register(() => ended.TrySetResult());
            return await Task.WhenAny(Drained.Task, ended.Task) == Drained.Task;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class FakeJobHost : IJobHost
    {
        public Dictionary<string, TaskCompletionSource<JobEnd>> Ends { get; } = new(StringComparer.Ordinal);

        public void Prepare()
        {
        }

        public Task SettleAsync() => Task.CompletedTask;

        public Task<JobEnd> RunAsync(string agentName, AssignedJob job, CancellationToken cancellationToken) =>
            (Ends[job.Id] = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }
}
