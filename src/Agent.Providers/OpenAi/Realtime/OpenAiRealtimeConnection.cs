using System.Globalization;
using System.Runtime.CompilerServices;
using Agent.Pipeline.History;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Realtime.Events;
using Agent.Providers.Connections;
using Agent.Providers.OpenAi.Realtime.Wire;
using Agent.Providers.Resilience;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.OpenAi.Realtime;

/// <summary>One connection to the Realtime API. The vendor is told to begin and to interrupt no answer by itself.</summary>
internal sealed class OpenAiRealtimeConnection : IRealtimeConnection
{
    private readonly VendorSocket _socket;
    private readonly OpenAiRealtimeSettings _settings;
    private readonly VendorCall _call;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly Outbox _outbox = new();
    private readonly AnswerLine _answers = new();
    private readonly CancellationTokenSource _late = new();
    private readonly ITimer _watch;
    private readonly ITimer _confirmation;
    private readonly Queue<string> _commits = new();
    private string _instructions = "";
    private VendorStage _stage;
    private int _unconfirmed;
    private long _commands;

    public OpenAiRealtimeConnection(VendorSocket socket, OpenAiRealtimeSettings settings, VendorCall call, TimeProvider time, ILogger logger)
    {
        _socket = socket;
        _settings = settings;
        _call = call;
        _logger = logger;
        _watch = time.CreateTimer(_ => _late.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _confirmation = time.CreateTimer(_ => OnUnconfirmed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Begin(RealtimeSetup setup)
    {
        lock (_gate)
        {
            _instructions = setup.Instructions;
            Update(_settings.Session(setup));
            foreach (var item in setup.History)
                Create(item);
        }
    }

    public void Push(ReadOnlySpan<short> samples) => _outbox.Push(samples);

    public void Commit()
    {
        lock (_gate)
        {
            var id = Next("commit");
            _commits.Enqueue(id);
            _outbox.Add(new BufferEdit("input_audio_buffer.commit", id), OpenAiRealtimeJson.Default.BufferEdit);
        }
    }

    public void Clear() => _outbox.Add(new BufferEdit("input_audio_buffer.clear", Next("clear")), OpenAiRealtimeJson.Default.BufferEdit);

    public void Check()
    {
        // An update that changes nothing is the one question that the vendor answers at any time.
        lock (_gate)
            Update(new RealtimeSessionSettings());
    }

    public void Add(HistoryItem item)
    {
        lock (_gate)
            Create(item);
    }

    public void Remove(string itemId) => _outbox.Add(new ItemDelete(Next("delete"), itemId), OpenAiRealtimeJson.Default.ItemDelete);

    public void AddToolResult(string callId, string result) => _outbox.Add(
        new ItemCreate(Next("result"), new RealtimeItem("function_call_output") { CallId = callId, Output = result }), OpenAiRealtimeJson.Default.ItemCreate);

    public void Respond(RealtimeRequest request)
    {
        lock (_gate)
        {
            if (_answers.Add(request))
                Ask(request);
        }
    }

    public void Cancel(string requestId)
    {
        lock (_gate)
        {
            if (_answers.Cancel(requestId))
                _outbox.Add(new ResponseCancel(Next("cancel")), OpenAiRealtimeJson.Default.ResponseCancel);
        }
    }

    public void Truncate(string itemId, TimeSpan heard)
    {
        var milliseconds = (long)heard.TotalMilliseconds;
        if (milliseconds > 0)
            _outbox.Add(new ItemTruncate(Next("truncate"), itemId, milliseconds), OpenAiRealtimeJson.Default.ItemTruncate);
        else
            Remove(itemId);
    }

    public async IAsyncEnumerable<RealtimeEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _late.Token);
        var sending = _outbox.SendAsync(_socket, stop.Token);
        var reader = new ServerEvents(_settings.Name, _socket, _logger);
        try
        {
            while (await ReceiveAsync(stop.Token, cancellationToken) is { Kind: not VendorMessageKind.Closed } message)
            {
                if (message.Kind == VendorMessageKind.Binary)
                    throw VendorErrors.Garbled(_settings.Name, "a binary message", _socket.RequestId);
                foreach (var realtimeEvent in Take(reader, message.Payload.Span))
                    yield return realtimeEvent;
            }

            throw VendorErrors.Lost(_settings.Name, _socket.RequestId);
        }
        finally
        {
            _outbox.Complete();
            await stop.CancelAsync();
            await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _outbox.Complete();
        await _watch.DisposeAsync();
        await _confirmation.DisposeAsync();
        await _socket.DisposeAsync();
        _late.Dispose();
        if (_outbox.Dropped > TimeSpan.Zero)
            OpenAiRealtimeLog.Dropped(_logger, _settings.Name, _outbox.Dropped.TotalSeconds);
    }

    private async ValueTask<VendorMessage> ReceiveAsync(CancellationToken stop, CancellationToken cancellationToken)
    {
        try
        {
            return await _socket.ReceiveAsync(stop);
        }
        catch (OperationCanceledException) when (_late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw _call.Late(_stage, _call.Limit(_stage));
        }
    }

    private List<RealtimeEvent> Take(ServerEvents reader, ReadOnlySpan<byte> message)
    {
        lock (_gate)
        {
            List<RealtimeEvent> events = [];
            reader.Read(message, _answers, _commits, events);
            if (reader.IsConfirmation && --_unconfirmed == 0)
                _confirmation.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (events is [.., RealtimeAnswerEnded] || reader.HasEnded)
            {
                if (_answers.End() is { } next)
                    Ask(next);
                else
                    _watch.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
            else if (_answers.Current is not null && reader.IsOfAnswer)
            {
                Watch(VendorStage.Idle);
            }

            return events;
        }
    }

    private void Update(RealtimeSessionSettings session)
    {
        _outbox.Add(new SessionUpdate(Next("session"), session), OpenAiRealtimeJson.Default.SessionUpdate);
        if (_unconfirmed++ == 0)
            _confirmation.Change(_call.Limit(VendorStage.FirstByte), Timeout.InfiniteTimeSpan);
    }

    private void OnUnconfirmed()
    {
        _stage = VendorStage.FirstByte;
        _late.Cancel();
    }

    private void Ask(RealtimeRequest request)
    {
        _outbox.Add(new ResponseCreate(Next("response"), OpenAiRealtimeSettings.Response(request, _instructions)), OpenAiRealtimeJson.Default.ResponseCreate);
        Watch(VendorStage.FirstByte);
    }

    private void Watch(VendorStage stage)
    {
        _stage = stage;
        _watch.Change(_call.Limit(stage), Timeout.InfiniteTimeSpan);
    }

    private void Create(HistoryItem item)
    {
        foreach (var wire in OpenAiRealtimeSettings.Items(item))
            _outbox.Add(new ItemCreate(Next("item"), wire), OpenAiRealtimeJson.Default.ItemCreate);
    }

    private string Next(string command) => string.Create(CultureInfo.InvariantCulture, $"{command}_{Interlocked.Increment(ref _commands)}");
}
