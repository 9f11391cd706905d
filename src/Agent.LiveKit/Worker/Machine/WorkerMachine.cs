using Agent.LiveKit.Api;
using Agent.LiveKit.Worker.Load;
using Agent.Protocol;
using Microsoft.Extensions.Logging;

namespace Agent.LiveKit.Worker.Machine;

/// <summary>
/// The agent-worker protocol as a state machine: no socket, no task, no clock. Each input carries the time since the worker's start; what is to
/// be done comes out of <see cref="TryTakeEffect"/>, and <see cref="Deadline"/> says when <see cref="Tick"/> wants to be called. This half is the
/// connection; the other one is the jobs.
/// </summary>
internal sealed partial class WorkerMachine
{
    private readonly AgentWorkerOptions _options;
    private readonly ILogger _log;
    private readonly WorkerLoad _load;
    private readonly Queue<WorkerEffect> _effects = new();
    private readonly LinkMonitor _monitor;
    private readonly ReconnectBackoff _backoff;

    private LinkState _link = LinkState.Down;
    private int _connection;
    private TimeSpan _startedAt;
    private TimeSpan _upSince;
    private TimeSpan _connectBy = TimeSpan.MaxValue;
    private TimeSpan _reconnectAt = TimeSpan.MaxValue;
    private TimeSpan _nextStatus = TimeSpan.MaxValue;
    private bool _wasRegistered;

    public WorkerMachine(AgentWorkerOptions options, ILogger log, Random random)
    {
        _options = options;
        _log = log;
        _load = new WorkerLoad(options.Load);
        _monitor = new LinkMonitor(options.PingInterval, options.PongTimeout);
        _backoff = new ReconnectBackoff(options.ReconnectDelay, options.MaxReconnectDelay, random);
    }

    public WorkerState State { get; private set; } = WorkerState.Created;

    public string WorkerId { get; private set; } = "";

    public ServerInfo? ServerInfo { get; private set; }

    /// <summary>Messages that came where the protocol has no place for them.</summary>
    public long UnexpectedMessages { get; private set; }

    /// <summary>The next time at which something is due without any input.</summary>
    public TimeSpan Deadline
    {
        get
        {
            var next = _connectBy;
            Earliest(ref next, _reconnectAt);
            Earliest(ref next, _nextStatus);
            Earliest(ref next, _monitor.Deadline);
            Earliest(ref next, _stopJobsAt);
            Earliest(ref next, _closeBy);
            foreach (var offer in _offers.Values)
                Earliest(ref next, offer.IsOverdue ? TimeSpan.MaxValue : offer.Deadline);
            return next;
        }
    }

    /// <summary>Sets the smoothed CPU use for the next report.</summary>
    public double Cpu
    {
        set => _load.Cpu = value;
    }

    public bool TryTakeEffect(out WorkerEffect effect) => _effects.TryDequeue(out effect!);

    public void Start(TimeSpan now)
    {
        _startedAt = now;
        State = WorkerState.Connecting;
        Connect(now);
    }

    /// <summary>The socket is open: registers, once per connection, since a second registration would end it.</summary>
    public void Opened(int connection)
    {
        if (!IsCurrent(connection, LinkState.Opening))
            return;
        _link = LinkState.Registering;
        Send(new WorkerMessage
        {
            Register = new RegisterWorkerRequest
            {
                Type = _options.JobType,
                AgentName = _options.AgentName,
                Version = _options.Version,
                Deployment = _options.Deployment,
                AllowedPermissions = _options.Permissions,
                PingInterval = (uint)Math.Ceiling(_options.PingInterval.TotalSeconds),
            },
        });
    }

    /// <summary>The socket could not be opened.</summary>
    public void OpenFailed(int connection, ConnectFailure failure, string reason, TimeSpan now)
    {
        if (!IsCurrent(connection, LinkState.Opening))
            return;
        if (!_wasRegistered && failure != ConnectFailure.Unreachable)
        {
            Fail(reason);
            return;
        }

        if (failure != ConnectFailure.Unreachable)
            _backoff.Slow();
        Down(reason, now);
    }

    /// <summary>The socket was closed by the other side, or broke.</summary>
    public void Closed(int connection, string reason, TimeSpan now)
    {
        if (connection == _connection && _link != LinkState.Down)
            Down(reason, now);
    }

    /// <summary>A message came.</summary>
    public void Received(int connection, ServerMessage message, TimeSpan now)
    {
        if (connection != _connection || _link is not (LinkState.Registering or LinkState.Up))
            return;
        _monitor.Heard(now, message.MessageCase == ServerMessage.MessageOneofCase.Pong ? message.Pong.LastTimestamp : null);
        if (_link == LinkState.Registering)
        {
            if (message.MessageCase == ServerMessage.MessageOneofCase.Register)
                Registered(message.Register, now);
            else
                Unexpected(message);
            return;
        }

        switch (message.MessageCase)
        {
            case ServerMessage.MessageOneofCase.Availability when message.Availability.Job is { Id.Length: > 0 }:
                Offered(message.Availability, now);
                break;
            case ServerMessage.MessageOneofCase.Assignment when message.Assignment.Job is { Id.Length: > 0 }:
                Assigned(message.Assignment, now);
                break;
            case ServerMessage.MessageOneofCase.Termination:
                Terminated(message.Termination.JobId);
                break;
            case ServerMessage.MessageOneofCase.Pong:
                Reported(_outbox.Confirm(message.Pong.LastTimestamp));
                CloseWhenDone(now);
                break;
            default:
                Unexpected(message);
                break;
        }
    }

    /// <summary>Does what is due.</summary>
    public void Tick(TimeSpan now)
    {
        if (State is WorkerState.Created or WorkerState.Closed)
            return;
        if (now >= _connectBy)
            Drop($"the server did not confirm the registration within {_options.ConnectTimeout.TotalSeconds:0.#} s", now);
        if (_monitor.IsDead(now))
            Drop($"the server answered no ping for {_options.PongTimeout.TotalSeconds:0.#} s", now);
        if (now >= _reconnectAt)
            Connect(now);
        TickJobs(now);
        if (State == WorkerState.Closed)
            return;
        if (now >= _nextStatus)
            ReportLoad(now);
        if (_monitor.IsPingDue(now))
            Ping(now);
    }

    private static void Earliest(ref TimeSpan next, TimeSpan other)
    {
        if (other < next)
            next = other;
    }

    private bool IsCurrent(int connection, LinkState state) => connection == _connection && _link == state;

    private void Connect(TimeSpan now)
    {
        _connection++;
        _link = LinkState.Opening;
        _reconnectAt = TimeSpan.MaxValue;
        _connectBy = now + _options.ConnectTimeout;
        _effects.Enqueue(new WorkerEffect.Connect(_connection));
    }

    private void Registered(RegisterWorkerResponse response, TimeSpan now)
    {
        _link = LinkState.Up;
        _connectBy = TimeSpan.MaxValue;
        _upSince = now;
        _wasRegistered = true;
        WorkerId = response.WorkerId;
        ServerInfo = response.ServerInfo;
        if (State == WorkerState.Connecting)
            State = WorkerState.Registered;
        _log.Registered(WorkerId, _options.AgentName, response.ServerInfo?.Version ?? "unknown");
        _monitor.Start(now);

        // Until the first report the server takes the load for zero.
        ReportLoad(now);
        foreach (var job in _jobs.Values)
            Send(new WorkerMessage { UpdateJob = job.Status(JobStatus.JsRunning) });
        SendOutbox(now);
    }

    private void Drop(string reason, TimeSpan now)
    {
        _effects.Enqueue(new WorkerEffect.Abort(_connection));
        Down(reason, now);
    }

    private void Down(string reason, TimeSpan now)
    {
        if (_link == LinkState.Up && now - _upSince >= _options.MaxReconnectDelay)
            _backoff.Reset();
        _link = LinkState.Down;
        _connectBy = _nextStatus = TimeSpan.MaxValue;
        _monitor.Stop();
        _outbox.ConnectionLost();
        ForgetOffers();
        if (State == WorkerState.Registered)
            State = WorkerState.Connecting;

        var pause = _backoff.Next();
        if (!_wasRegistered && _options.StartTimeout != Timeout.InfiniteTimeSpan && now - _startedAt + pause > _options.StartTimeout)
        {
            Fail($"The LiveKit server at {_options.Server.WebSocketUrl} could not be reached within {_options.StartTimeout.TotalSeconds:0.#} s: {reason}. Check {LiveKitServer.UrlVariable}, and that the server runs.");
            return;
        }

        _reconnectAt = now + pause;
        _log.ConnectionLost(_connection, reason, pause.TotalSeconds, _jobs.Count);
    }

    private void Fail(string message)
    {
        _link = LinkState.Down;
        _connectBy = _reconnectAt = _nextStatus = TimeSpan.MaxValue;
        State = WorkerState.Closed;
        _effects.Enqueue(new WorkerEffect.Fail(message));
    }

    private void ReportLoad(TimeSpan now)
    {
        if (_link != LinkState.Up)
            return;
        _nextStatus = now + _options.StatusInterval;
        Send(new WorkerMessage { UpdateWorker = _load.Report(SlotsInUse, State == WorkerState.Draining) });
    }

    private long Ping(TimeSpan now)
    {
        var stamp = _monitor.Ping(now);
        Send(new WorkerMessage { Ping = new WorkerPing { Timestamp = stamp } });
        return stamp;
    }

    private void SendOutbox(TimeSpan now)
    {
        if (_link != LinkState.Up || _outbox.Count == 0)
            return;
        foreach (var status in _outbox.Unsent)
            Send(new WorkerMessage { UpdateJob = status });
        _outbox.Sent(Ping(now));
    }

    private void Send(WorkerMessage message) => _effects.Enqueue(new WorkerEffect.Send(_connection, message));

    private void Unexpected(ServerMessage message)
    {
        UnexpectedMessages++;
        _log.UnexpectedMessage(message.MessageCase.ToString(), _link.ToString());
    }
}
