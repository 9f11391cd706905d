using System.Collections.Concurrent;
using System.Threading.Channels;
using Agent.LiveKit.Rtc.Native;
using Agent.LiveKit.Rtc.Native.Protocol;
using Agent.Pipeline.Errors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.LiveKit.Rtc;

/// <summary>
/// A LiveKit room, joined through LiveKit's native SDK. Make one, attach handlers, <see cref="ConnectAsync"/>, and dispose it; it joins
/// once. The connection restores itself after a loss; when that fails, or the server ends it, <see cref="Disconnected"/> says why.
/// </summary>
public sealed partial class Room : IFfiEventSink, IAsyncDisposable
{
    private static readonly AsyncLocal<Room?> s_handlerOf = new();

    private readonly ConcurrentDictionary<string, RemoteParticipant> _participants = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TextStreamHandler> _textHandlers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ByteStreamHandler> _byteHandlers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RpcMethodHandler> _rpcHandlers = new(StringComparer.Ordinal);
    private readonly Channel<FfiEvent> _events = Channel.CreateUnbounded<FfiEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource<DisconnectReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closed = new();
    private readonly OwnedTasks _tasks = new();
    private Task _lastBegun = Task.CompletedTask;
    private readonly RoomOptions _options;
    private readonly ILoggerFactory _loggerFactory;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _earlySubscriptions = new(StringComparer.Ordinal);
    private volatile FfiClient? _client;
    private volatile LocalParticipant? _local;
    private volatile string _name = "";
    private volatile string _sid = "";
    private volatile string _metadata = "";
    private volatile int _state = (int)ConnectionState.Disconnected;
    private FfiHandle? _handle;
    private Task _loop = Task.CompletedTask;
    private Task? _leaving;
    private bool _isUsed;

    /// <summary>Makes a room that is not joined yet.</summary>
    /// <param name="options">How it connects.</param>
    /// <param name="loggerFactory">Where it logs.</param>
    /// <param name="timeProvider">The clock of its time limits.</param>
    public Room(RoomOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        _options = options ?? new RoomOptions();
        _options.Validate();
        _loggerFactory = loggerFactory ?? NullLoggerFactory.Instance;
        _logger = _loggerFactory.CreateLogger<Room>();
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>The room's name; empty before it is joined.</summary>
    public string Name => _name;

    /// <summary>The server's identifier of the room, RM_…; empty until it is known, shortly after joining.</summary>
    public string Sid => _sid;

    /// <summary>What the application says about the room; may be empty.</summary>
    public string Metadata => _metadata;

    /// <summary>Where the connection stands.</summary>
    public ConnectionState ConnectionState => (ConnectionState)_state;

    /// <summary>Ourselves.</summary>
    /// <exception cref="InvalidOperationException">The room is not joined yet.</exception>
    public LocalParticipant LocalParticipant => _local ?? throw new InvalidOperationException("The room is not joined yet; await ConnectAsync first.");

    /// <summary>The others, by identity.</summary>
    public IReadOnlyDictionary<string, RemoteParticipant> RemoteParticipants => _participants;

    /// <summary>Completes when we are no longer in the room, with the reason.</summary>
    public Task<DisconnectReason> Ended => _ended.Task;

    internal bool IsClosed => _closed.IsCancellationRequested;

    internal FfiClient Client => _client ?? throw new InvalidOperationException("The room is not joined yet; await ConnectAsync first.");

    /// <summary>Joins the room that the token names.</summary>
    /// <param name="url">The server, such as <c>wss://livekit.example.com</c> or <c>ws://127.0.0.1:7880</c>.</param>
    /// <param name="token">An access token with the grant <c>roomJoin</c>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RoomException">The server cannot be reached, or refuses; the message says what to do.</exception>
    /// <exception cref="ConfigurationException">The URL or the token is malformed, or the native library is missing.</exception>
    /// <exception cref="InvalidOperationException">The room was joined before.</exception>
    public async Task ConnectAsync(string url, string token, CancellationToken cancellationToken = default)
    {
        var address = ServerAddress.Parse(url);
        AccessTokenShape.Check(token);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_leaving is not null, this);
            if (_isUsed)
                throw new InvalidOperationException("A room is joined once; make another one to join again.");
            _isUsed = true;
        }

        var client = RtcRuntime.Client(new RtcRuntimeOptions { LoggerFactory = _loggerFactory });
        _client = client;
        _state = (int)ConnectionState.Connecting;
        try
        {
            var call = client.Call(id => ConnectMessage(id, address, token));
            var answer = await JoinedAsync(client, call, address, cancellationToken);
            if (answer.Result is not { } joined)
                throw ConnectErrors.From(answer.Error, address, token, _time.GetUtcNow());
            Enter(client, joined);
        }
        finally
        {
            Interlocked.CompareExchange(ref _state, (int)ConnectionState.Disconnected, (int)ConnectionState.Connecting);
        }
    }

    /// <summary>Leaves the room. Ends in any case, within twice <see cref="RoomOptions.CloseTimeout"/>; a second call waits for the first.</summary>
    /// <param name="cancellationToken">Ends the wait, not the leaving.</param>
    public async Task DisconnectAsync(CancellationToken cancellationToken = default) => await StartLeaving().WaitAsync(cancellationToken);

    /// <summary>Leaves the room if it is joined, and lets go of everything native.</summary>
    public async ValueTask DisposeAsync() => await StartLeaving();

    /// <summary>Takes text streams of a topic from now on. One handler for each topic.</summary>
    /// <exception cref="InvalidOperationException">The topic has a handler.</exception>
    public void RegisterTextStreamHandler(string topic, TextStreamHandler handler)
    {
        Guard.RequiredText(topic);
        ArgumentNullException.ThrowIfNull(handler);
        if (!_textHandlers.TryAdd(topic, handler))
            throw new InvalidOperationException($"Topic '{topic}' has a text stream handler; unregister it first.");
    }

    /// <summary>Takes no more text streams of a topic; those that are open go on.</summary>
    public void UnregisterTextStreamHandler(string topic) => _textHandlers.TryRemove(topic, out _);

    /// <summary>Takes byte streams of a topic from now on. One handler for each topic.</summary>
    /// <exception cref="InvalidOperationException">The topic has a handler.</exception>
    public void RegisterByteStreamHandler(string topic, ByteStreamHandler handler)
    {
        Guard.RequiredText(topic);
        ArgumentNullException.ThrowIfNull(handler);
        if (!_byteHandlers.TryAdd(topic, handler))
            throw new InvalidOperationException($"Topic '{topic}' has a byte stream handler; unregister it first.");
    }

    /// <summary>Takes no more byte streams of a topic; those that are open go on.</summary>
    public void UnregisterByteStreamHandler(string topic) => _byteHandlers.TryRemove(topic, out _);

    void IFfiEventSink.Post(FfiEvent message)
    {
        if (!_events.Writer.TryWrite(message))
            UnclaimedHandles.Drop(message, Client.Library);
    }

    /// <summary>Makes the connection fail in one of the ways that occur in practice; for tests.</summary>
    internal async Task SimulateAsync(SimulateScenarioKind scenario, CancellationToken cancellationToken)
    {
        var room = _handle ?? throw new InvalidOperationException("The room is not joined yet.");
        var answer = await CallAsync(
            room, id => new FfiRequest { SimulateScenario = new SimulateScenarioRequest { RoomHandle = room.Id, Scenario = scenario, RequestAsyncId = id } }, cancellationToken);
        if (answer.SimulateScenario.HasError)
            throw RoomErrors.Refused("simulate " + scenario, answer.SimulateScenario.Error);
    }

    internal void SetRpcMethod(string method, RpcMethodHandler? handler)
    {
        if (handler is null)
            _rpcHandlers.TryRemove(method, out _);
        else
            _rpcHandlers[method] = handler;
    }

    /// <summary>A request that is answered at once.</summary>
    internal void Request(FfiHandle handle, Func<ulong, FfiRequest> build)
    {
        try
        {
            using var use = handle.Use();
            Client.Request(build(use.Id));
        }
        catch (ObjectDisposedException)
        {
            throw Closed();
        }
    }

    /// <summary>A request that is answered by an event; fails when the room is left meanwhile.</summary>
    /// <param name="handle">The object that it is about; held alive until the answer is there.</param>
    /// <param name="build">Makes the request with the given <c>request_async_id</c>.</param>
    /// <param name="cancellationToken">Ends the wait; the library goes on.</param>
    /// <param name="undo">Takes back what an answer has made that comes after the wait was ended.</param>
    /// <param name="consumes">Whether the library takes the object away.</param>
    internal async Task<FfiEvent> CallAsync(
        FfiHandle handle, Func<ulong, FfiRequest> build, CancellationToken cancellationToken, Action<FfiEvent>? undo = null, bool consumes = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsClosed)
            throw Closed();
        PendingCall call;
        try
        {
            call = Client.Call(build, handle);
        }
        catch (ObjectDisposedException)
        {
            throw Closed();
        }

        if (consumes)
            handle.Consumed();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        try
        {
            return await call.Answer.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            if (cancellationToken.IsCancellationRequested && !IsClosed)
            {
                if (undo is not null)
                    _tasks.Add(UndoAsync(call, undo));
                throw;
            }

            Client.Forget(call);
            throw Closed();
        }
    }

    internal RoomException Closed() => RoomErrors.Closed(_name, _ended.Task.IsCompletedSuccessfully ? _ended.Task.Result : null);

    /// <summary>The server may report the first subscription before the publisher has its publication in hand.</summary>
    internal void ClaimEarlySubscription(LocalTrackPublication publication)
    {
        lock (_gate)
        {
            if (_earlySubscriptions.Remove(publication.Sid))
                publication.OnSubscribed();
        }
    }

    private async Task UndoAsync(PendingCall call, Action<FfiEvent> undo)
    {
        try
        {
            undo(await call.Answer.WaitAsync(_closed.Token));
        }
        catch (OperationCanceledException)
        {
            Client.Forget(call);
        }
    }

    private FfiRequest ConnectMessage(ulong id, Uri address, string token)
    {
        var config = new RtcConfig { IceTransportType = IceTransportType.TransportAll, ContinualGatheringPolicy = ContinualGatheringPolicy.GatherContinually };
        if (_options.IceServers.Count > 0)
            config.IceServers.AddRange(_options.IceServers.Select(server => new Native.Protocol.IceServer { Urls = { server.Urls }, Username = server.Username, Password = server.Password }));
        else if (!_options.UseServerIceServers)
            config.IceServers.Add(new Native.Protocol.IceServer { Urls = { ServerAddress.NoStun } });
        return new FfiRequest
        {
            Connect = new ConnectRequest
            {
                Url = address.AbsoluteUri,
                Token = token,
                RequestAsyncId = id,
                Options = new Native.Protocol.RoomOptions
                {
                    AutoSubscribe = _options.AutoSubscribe,
                    AdaptiveStream = false,
                    Dynacast = false,
                    RtcConfig = config,
                    JoinRetries = (uint)_options.JoinRetries,
                    ConnectTimeoutMs = (ulong)_options.ConnectTimeout.TotalMilliseconds,
                    DataStream = new RoomDataStreamOptions { MaxPayloadByteLength = (ulong)_options.MaxStreamBytes },
                },
            },
        };
    }

    private async Task<ConnectCallback> JoinedAsync(FfiClient client, PendingCall call, Uri address, CancellationToken cancellationToken)
    {
        // The library limits each attempt to reach the server, but not the media connection after it.
        var limit = ((_options.JoinRetries + 1) * _options.ConnectTimeout) + TimeSpan.FromSeconds(20);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        try
        {
            return (await call.Answer.WaitAsync(limit, _time, either.Token)).Connect;
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            // The library cannot be told to stop: what comes of it is left at once.
            _tasks.Add(LeaveLateAsync(client, call));
            cancellationToken.ThrowIfCancellationRequested();
            if (IsClosed)
                throw Closed();
            throw new RoomException(RoomErrorKind.Timeout, $"{address} did not let us in within {limit.TotalSeconds:0} s. Is its media port reachable (UDP 7882 or the configured range)?", e);
        }
    }

    private static async Task LeaveLateAsync(FfiClient client, PendingCall call)
    {
        if ((await call.Answer).Connect.Result is not { } joined)
            return;
        using var room = client.Own(joined.Room.Handle);
        client.Request(new FfiRequest { ReadyForRoomEvent = new ReadyForRoomEventRequest { RoomHandle = room.Id } });
        var goodbye = client.Call(id => new FfiRequest { Disconnect = new DisconnectRequest { RoomHandle = room.Id, RequestAsyncId = id } }, room);
        await goodbye.Answer;
        foreach (var handle in UnclaimedHandles.Of(await call.Answer).Where(handle => handle != room.Id))
            client.Library.DropHandle(handle);
    }

    private void Enter(FfiClient client, ConnectCallback.Types.Result joined)
    {
        _handle = client.Own(joined.Room.Handle);
        Update(joined.Room.Info);
        var local = new LocalParticipant(this, client.Own(joined.LocalParticipant.Handle), joined.LocalParticipant.Info);
        _local = local;
        foreach (var other in joined.Participants)
        {
            var participant = Add(other.Participant);
            foreach (var publication in other.Publications)
                participant.Add(new RemoteTrackPublication(client, client.Own(publication.Handle), publication.Info));
        }

        client.Route(_handle.Id, this);
        client.Route(local.Handle.Id, this);
        _state = (int)ConnectionState.Connected;
        RtcLog.Joined(_logger, _name, local.Identity);
        _loop = Task.Run(DispatchAsync);
        // Without this the library closes the room after 15 s; events come from now on.
        Request(_handle, id => new FfiRequest { ReadyForRoomEvent = new ReadyForRoomEventRequest { RoomHandle = id } });
    }

    private Task StartLeaving()
    {
        // A handler that leaves the room cannot wait for itself.
        var waitForHandlers = s_handlerOf.Value != this;
        lock (_gate)
        {
            _leaving ??= Task.Run(LeaveAsync);
            return waitForHandlers ? _leaving : Task.CompletedTask;
        }
    }

    private async Task LeaveAsync()
    {
        await _closed.CancelAsync();
        if (_handle is { } room && _client is { } client)
        {
            await SayGoodbyeAsync(client, room);
            _events.Writer.TryComplete();
            await WithinAsync(_loop);
            End(DisconnectReason.ClientInitiated);
            client.Unroute(room.Id);
            client.Unroute(LocalParticipant.Handle.Id);
        }
        else
        {
            End(DisconnectReason.ClientInitiated);
        }

        if (!await WithinAsync(_tasks.WhenAllAsync()))
            RtcLog.HandlersStillRun(_logger, _tasks.Count, _name, _options.CloseTimeout);
        foreach (var participant in _participants.Values)
            participant.Close();
        _local?.Close();
        _handle?.Dispose();
    }

    private async Task SayGoodbyeAsync(FfiClient client, FfiHandle room)
    {
        var goodbye = client.Call(id => new FfiRequest { Disconnect = new DisconnectRequest { RoomHandle = room.Id, RequestAsyncId = id } }, room);
        if (await WithinAsync(goodbye.Answer))
            return;
        client.Forget(goodbye);
        RtcLog.GoodbyeTimedOut(_logger, _name, _options.CloseTimeout);
    }

    private async Task<bool> WithinAsync(Task task)
    {
        try
        {
            await task.WaitAsync(_options.CloseTimeout, _time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
