using Agent.LiveKit.Api;
using Agent.LiveKit.Worker;
using Agent.Worker.CommandLine;
using Agent.Worker.Configuration;
using Microsoft.Extensions.Options;

namespace Agent.Worker.Supervision;

/// <summary>Registers over LiveKit's agent-worker protocol.</summary>
internal sealed class LiveKitRegistrations(
    IOptions<LiveKitOptions> liveKit, IOptions<WorkerOptions> worker, TimeProvider time, ILoggerFactory loggers) : IRegistrations
{
    public IRegistration Create(string agentName, IJobHandler handler)
    {
        var server = liveKit.Value;
        var limits = worker.Value;
        var options = new AgentWorkerOptions
        {
            Server = new LiveKitServer(server.Url, server.ApiKey, server.ApiSecret),
            AgentName = agentName,
            Version = ProductVersion.Number,
            StartTimeout = limits.StartTimeout,
            StopTimeout = limits.CloseTimeout,
            Load = new WorkerLoadOptions { MaxJobs = limits.MaxJobs, Strategy = limits.Load, CpuLimit = limits.CpuLimit },
            TimeProvider = time,
        };
        return new Registration(new AgentWorkerClient(options, handler, loggers));
    }

    private sealed class Registration(AgentWorkerClient client) : IRegistration
    {
        public WorkerState State => client.State;

        public int JobCount => client.JobCount;

        public Task StartAsync(CancellationToken cancellationToken) => client.StartAsync(cancellationToken);

        public Task<bool> DrainAsync(TimeSpan timeout, CancellationToken cancellationToken) => client.DrainAsync(timeout, cancellationToken);

        public ValueTask DisposeAsync() => client.DisposeAsync();
    }
}
