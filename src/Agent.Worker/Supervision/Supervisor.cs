using System.Runtime.InteropServices;
using Agent.LiveKit.Worker;
using Agent.Worker.Agents;
using Agent.Worker.Configuration;
using Agent.Worker.Health;
using Agent.Worker.Jobs;
using Microsoft.Extensions.Options;

namespace Agent.Worker.Supervision;

/// <summary>
/// Registers every agent of the worker, hands their jobs to the job host, and drains when the host stops. The second Ctrl-C, or the end of
/// the host's own patience, ends the drain at once.
/// </summary>
internal sealed class Supervisor(
    UnknownSettingsReport unknown,
    AgentRoster roster,
    IRegistrations registrations,
    IJobHost jobs,
    IOptions<WorkerOptions> options,
    IOptions<HostOptions> host,
    ILogger<Supervisor> logger) : IHostedService, IReadiness, IAsyncDisposable
{
    private readonly List<(HostedAgent Agent, IRegistration Registration)> _agents = [];
    private readonly CancellationTokenSource _endNow = new();
    private volatile string? _notTaking = "starting: not registered with the LiveKit server yet";

    public Readiness Current
    {
        get
        {
            if (_notTaking is { } reason)
                return new(IsReady: false, reason);
            foreach (var (agent, registration) in _agents)
            {
                if (registration.State != WorkerState.Registered)
                    return new(IsReady: false, $"disconnected from the LiveKit server: agent {agent.DisplayName} is {registration.State.ToString().ToLowerInvariant()}");
            }

            return new(IsReady: true, $"registered: {string.Join(", ", _agents.Select(agent => agent.Agent.DisplayName))}");
        }
    }

    /// <summary>Returns once every agent is registered.</summary>
    /// <exception cref="Pipeline.Errors.ConfigurationException">A setting, a file, a library or the key is missing or wrong, or the server cannot be reached.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        AllowForDraining(host.Value, options.Value);
        // Before what may fail for the want of a setting that was mistyped.
        unknown.Write();
        roster.Load();
        jobs.Prepare();
        var capacity = new JobCapacity(options.Value.MaxJobs);
        foreach (var agent in roster.Agents)
            _agents.Add((agent, registrations.Create(agent.Name, new JobDesk(agent.Name, capacity, jobs))));
        await Task.WhenAll(_agents.Select(agent => agent.Registration.StartAsync(cancellationToken)));
        _notTaking = null;
        foreach (var (agent, _) in _agents)
            SupervisorLog.Ready(logger, agent.DisplayName, agent.Engines, options.Value.MaxJobs);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _notTaking = "draining: finishing jobs, taking none";
        var limit = options.Value.DrainTimeout;
        var running = _agents.Sum(agent => agent.Registration.JobCount);
        if (running > 0)
            SupervisorLog.Draining(logger, running, limit);
        // Registered only now: the first Ctrl-C is the host's, the second is ours.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            _endNow.Cancel();
        });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_endNow.Token, cancellationToken);
        var finished = await Task.WhenAll(_agents.Select(agent => agent.Registration.DrainAsync(limit, patience.Token)));
        if (limit > TimeSpan.Zero && !finished.All(done => done))
            SupervisorLog.DrainEndedEarly(logger);
        await jobs.SettleAsync();
        SupervisorLog.Stopped(logger);
    }

    // The host's own patience is 30 seconds; it is read when the host stops.
    private static void AllowForDraining(HostOptions host, WorkerOptions worker)
    {
        var needed = worker.DrainTimeout + worker.CloseTimeout + TimeSpan.FromSeconds(5);
        if (host.ShutdownTimeout != Timeout.InfiniteTimeSpan && host.ShutdownTimeout < needed)
            host.ShutdownTimeout = needed;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, registration) in _agents)
            await registration.DisposeAsync();
        _endNow.Dispose();
    }
}
