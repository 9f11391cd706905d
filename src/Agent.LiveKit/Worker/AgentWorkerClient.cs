using Agent.Pipeline.Errors;
using Agent.Protocol;
using Microsoft.Extensions.Logging;

namespace Agent.LiveKit.Worker;

/// <summary>
/// A worker's side of LiveKit's agent-worker protocol: registers, answers, runs the jobs it is given, reports, notices dead links, reconnects
/// for ever, drains.
/// </summary>
public sealed class AgentWorkerClient : IAsyncDisposable
{
    /// <summary>Prepares a worker; nothing is connected yet.</summary>
    /// <exception cref="ConfigurationException">An option is outside its range.</exception>
    public AgentWorkerClient(AgentWorkerOptions options, IJobHandler handler, ILoggerFactory? loggerFactory = null)
    {
        options.Validate();
        _ = handler;
        _ = loggerFactory;
    }

    /// <summary>Where the worker stands.</summary>
    public WorkerState State { get; private set; } = WorkerState.Created;

    /// <summary>The id of the current registration, a new one after each reconnect; empty before the first.</summary>
    public string WorkerId { get; private set; } = "";

    /// <summary>What the server said about itself at the last registration.</summary>
    public ServerInfo? ServerInfo { get; private set; }

    /// <summary>The jobs that run now.</summary>
    public int JobCount { get; private set; }

    /// <summary>Connects and registers; returns once the server has confirmed.</summary>
    /// <exception cref="ConfigurationException">The server refuses the key, has no worker endpoint, or does not answer within <see cref="AgentWorkerOptions.StartTimeout"/>.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        throw new NotSupportedException();
    }

    /// <summary>
    /// Takes no more jobs, waits until those that run have ended, reports their final status and closes. Jobs that outlast the time-out
    /// are told to end, for the reason <see cref="JobStopReason.DrainTimeout"/>.
    /// </summary>
    /// <param name="timeout">How long jobs may go on; <see cref="Timeout.InfiniteTimeSpan"/> for as long as they want.</param>
    /// <param name="cancellationToken">Ends the wait as the time-out does.</param>
    /// <returns>Whether every job ended by itself.</returns>
    public Task<bool> DrainAsync(TimeSpan timeout, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Ends the jobs that run, reports their final status and closes.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
