using System.Threading.Channels;
using Agent.LiveKit.Worker.Load;
using Agent.LiveKit.Worker.Machine;
using Agent.Pipeline.Errors;
using Agent.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.LiveKit.Worker;

/// <summary>
/// A worker's side of LiveKit's agent-worker protocol: registers, answers, runs the jobs it is given, reports, notices dead links, reconnects
/// for ever, drains. A lost connection does not touch the jobs that run.
/// </summary>
public sealed class AgentWorkerClient : IAsyncDisposable, IWorkerSocketEvents
{
    private readonly AgentWorkerOptions _options;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly WorkerMachine _machine;
    private readonly SmoothedCpu _cpu;
    private readonly JobTasks _tasks;
    private readonly Channel<Action<TimeSpan>> _inputs = Channel.CreateUnbounded<Action<TimeSpan>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<int, WorkerSocket> _sockets = [];
    private readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _loop;

    private volatile Snapshot _snapshot = new(WorkerState.Created, "", null, 0);
    private long _droppedFrames;
    private int _started;

    /// <summary>Prepares a worker; nothing is connected yet.</summary>
    /// <exception cref="ConfigurationException">An option is outside its range.</exception>
    public AgentWorkerClient(AgentWorkerOptions options, IJobHandler handler, ILoggerFactory? loggerFactory = null)
        : this(options, handler, OperatingSystem.IsLinux() ? new LinuxCpuMeter() : new ProcessCpuMeter(), new Random(), loggerFactory)
    {
    }

    internal AgentWorkerClient(AgentWorkerOptions options, IJobHandler handler, ICpuMeter meter, Random random, ILoggerFactory? loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(handler);
        options.Validate();
        _options = options;
        _log = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<AgentWorkerClient>();
        _time = options.TimeProvider;
        _origin = _time.GetTimestamp();
        _machine = new WorkerMachine(options, _log, random);
        _cpu = new SmoothedCpu(meter, options.Load.CpuSmoothing);
        _tasks = new JobTasks(handler, _log);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Where the worker stands.</summary>
    public WorkerState State => _snapshot.State;

    /// <summary>The id of the current registration, a new one after each reconnect; empty before the first.</summary>
    public string WorkerId => _snapshot.WorkerId;

    /// <summary>What the server said about itself at the last registration.</summary>
    public ServerInfo? ServerInfo => _snapshot.ServerInfo;

    /// <summary>The jobs that run now.</summary>
    public int JobCount => _snapshot.JobCount;

    /// <summary>Frames from the server that were malformed or larger than 2 MiB, and were skipped.</summary>
    public long DroppedFrames => Interlocked.Read(ref _droppedFrames);

    /// <summary>Ends when the worker has closed; fails only if the worker itself is broken.</summary>
    public Task Completion => _loop;

    /// <summary>Connects and registers; returns once the server has confirmed.</summary>
    /// <exception cref="ConfigurationException">The server refuses the key, has no worker endpoint, or does not answer within <see cref="AgentWorkerOptions.StartTimeout"/>.</exception>
    /// <exception cref="InvalidOperationException">The worker was started before, or is closed.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0 || !_inputs.Writer.TryWrite(_machine.Start))
            throw new InvalidOperationException("A worker is started once.");
        await _registered.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Takes no more jobs, waits until those that run have ended, reports their final status and closes. Jobs that outlast the time-out
    /// are told to end, for the reason <see cref="JobStopReason.DrainTimeout"/>.
    /// </summary>
    /// <param name="timeout">How long jobs may go on; <see cref="Timeout.InfiniteTimeSpan"/> for as long as they want.</param>
    /// <param name="cancellationToken">Ends the wait as the time-out does.</param>
    /// <returns>Whether every job ended by itself and the server knows it.</returns>
    public async Task<bool> DrainAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Post(now => _machine.Drain(timeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : now + timeout, JobStopReason.DrainTimeout, now));
        await using (cancellationToken.Register(() => Post(now => _machine.Drain(now, JobStopReason.DrainTimeout, now))))
            await _loop;
        return !_machine.StoppedJobs && !_machine.ClosedEarly;
    }

    /// <summary>Tells the jobs that run to end, for the reason <see cref="JobStopReason.WorkerStopped"/>, reports their final status and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        Post(now => _machine.Drain(now, JobStopReason.WorkerStopped, now));
        await _loop;
    }

    void IWorkerSocketEvents.Opened(int connection) => Post(_ => _machine.Opened(connection));

    void IWorkerSocketEvents.OpenFailed(int connection, ConnectFailure failure, string reason) =>
        Post(now => _machine.OpenFailed(connection, failure, reason, now));

    void IWorkerSocketEvents.Received(int connection, ServerMessage message) => Post(now => _machine.Received(connection, message, now));

    void IWorkerSocketEvents.Dropped(int connection, long bytes)
    {
        // Every one counts, few are logged: the 1st, 2nd, 4th, 8th …
        var count = Interlocked.Increment(ref _droppedFrames);
        if (long.IsPow2(count))
            _log.MalformedFrame(bytes, count);
    }

    void IWorkerSocketEvents.Closed(int connection, string reason) => Post(now => _machine.Closed(connection, reason, now));

    private void Post(Action<TimeSpan> input) => _inputs.Writer.TryWrite(input);

    private async Task LoopAsync()
    {
        await using var timer = _time.CreateTimer(_ => Post(static _ => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            while (_machine.State != WorkerState.Closed && await _inputs.Reader.WaitToReadAsync())
            {
                while (_inputs.Reader.TryRead(out var input))
                {
                    input(Now());
                    CarryOut();
                }

                _cpu.Sample(Now());
                _machine.Cpu = _cpu.Value;
                _machine.Tick(Now());
                CarryOut();
                Publish();
                SetTimer(timer);
            }
        }
        catch (Exception e)
        {
            _log.LoopFailed(e);
            _registered.TrySetException(e);
            throw;
        }
        finally
        {
            _inputs.Writer.TryComplete();
            _registered.TrySetException(new InvalidOperationException("The worker was closed before it was registered."));
            _ = _registered.Task.Exception; // nobody has to have waited for the registration
            await EndAsync();
        }
    }

    private TimeSpan Now() => _time.GetElapsedTime(_origin);

    private void SetTimer(ITimer timer)
    {
        var deadline = _machine.Deadline;
        // A millisecond more: a timer that fires a moment early would only come again.
        var due = deadline == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : deadline - Now() + TimeSpan.FromMilliseconds(1);
        timer.Change(due < TimeSpan.Zero && due != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : due, Timeout.InfiniteTimeSpan);
    }

    private void Publish()
    {
        _snapshot = new Snapshot(_machine.State, _machine.WorkerId, _machine.ServerInfo, _machine.JobCount);
        if (_machine.State == WorkerState.Registered)
            _registered.TrySetResult();
    }

    private void CarryOut()
    {
        while (_machine.TryTakeEffect(out var effect))
        {
            switch (effect)
            {
                case WorkerEffect.Connect connect:
                    Forget();
                    _sockets.Add(connect.Connection, new WorkerSocket(connect.Connection, _options.Server, this, _time));
                    break;
                case WorkerEffect.Send send when _sockets.TryGetValue(send.Connection, out var socket):
                    socket.Send(send.Message);
                    break;
                case WorkerEffect.Abort abort when _sockets.TryGetValue(abort.Connection, out var socket):
                    socket.Abort();
                    break;
                case WorkerEffect.Close close when _sockets.TryGetValue(close.Connection, out var socket):
                    socket.Close();
                    break;
                case WorkerEffect.Ask ask:
                    Ask(ask);
                    break;
                case WorkerEffect.CancelAsk cancel:
                    _tasks.CancelAsk(cancel.Connection, cancel.JobId);
                    break;
                case WorkerEffect.Run run:
                    Run(run.Job);
                    break;
                case WorkerEffect.Stop stop:
                    _tasks.Stop(stop.JobId, stop.Reason);
                    break;
                case WorkerEffect.Reported reported:
                    _tasks.Reported(reported.JobId);
                    break;
                case WorkerEffect.Fail fail:
                    _registered.TrySetException(new ConfigurationException(fail.Message));
                    break;
            }
        }
    }

    private void Ask(WorkerEffect.Ask ask) => _tasks.Ask(ask.Connection, ask.Request, answer => Post(now =>
    {
        _tasks.Answered(ask.Connection, ask.Request.Id);
        _machine.Answered(ask.Connection, ask.Request.Id, answer, now);
    }));

    private void Run(AssignedJob job) => _tasks.Run(job, (succeeded, error) => Post(now =>
    {
        _tasks.Ended(job.Id);
        _machine.Ended(job.Id, succeeded, error, now);
    }));

    /// <summary>Lets go of the sockets that have ended.</summary>
    private void Forget()
    {
        foreach (var (number, socket) in _sockets.Where(pair => pair.Value.Completion.IsCompleted).ToList())
        {
            socket.Dispose();
            _sockets.Remove(number);
        }
    }

    private async Task EndAsync()
    {
        var closed = _machine.State == WorkerState.Closed;
        foreach (var socket in _sockets.Values)
        {
            if (closed)
                socket.Close();
            else
                socket.Abort();
        }

        await Task.WhenAll(_sockets.Values.Select(socket => socket.Completion));
        Forget();
        await _tasks.CompleteAsync(abandon: !closed || _machine.ClosedEarly);
        _snapshot = new Snapshot(WorkerState.Closed, _machine.WorkerId, _machine.ServerInfo, _machine.JobCount);
    }

    private sealed record Snapshot(WorkerState State, string WorkerId, ServerInfo? ServerInfo, int JobCount);
}
