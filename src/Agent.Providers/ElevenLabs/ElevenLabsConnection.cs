using System.Text.Json;
using Agent.Pipeline.Errors;
using Agent.Providers.Connections;
using Agent.Providers.ElevenLabs.Wire;

namespace Agent.Providers.ElevenLabs;

/// <summary>
/// One connection for several utterances. An utterance counts until the service has said that it is over, also when nobody listens to it any more: the service
/// closes connections on which more run than it allows.
/// </summary>
internal sealed class ElevenLabsConnection : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ElevenLabsContext?> _contexts = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _disposed = new();
    private readonly string _provider;
    private readonly VendorSocket _socket;
    private readonly TimeProvider _time;
    private readonly Task _receiving;
    private ProviderException? _failure;
    private string? _error;
    private bool _isRetired;

    public ElevenLabsConnection(string provider, VendorSocket socket, TimeProvider time)
    {
        _time = time;
        _provider = provider;
        _socket = socket;
        _receiving = Task.Run(ReceiveAsync);
    }

    public TimeSpan Age => _socket.Age;

    /// <summary>Utterances that the service has not ended.</summary>
    public int Contexts
    {
        get
        {
            lock (_gate)
                return _contexts.Count;
        }
    }

    /// <summary>Whether somebody still listens on it.</summary>
    public bool IsInUse
    {
        get
        {
            lock (_gate)
                return _contexts.Values.Any(context => context is not null);
        }
    }

    /// <summary>Whether it takes new utterances.</summary>
    public bool IsUsable
    {
        get
        {
            lock (_gate)
                return !_isRetired && _failure is null && _socket.IsOpen;
        }
    }

    /// <summary>What it ended with; null while it lives or when it was ended in order.</summary>
    public ProviderException? Failure
    {
        get
        {
            lock (_gate)
                return _failure;
        }
    }

    /// <summary>Takes in a new utterance.</summary>
    public bool TryAdd(Func<ElevenLabsConnection, ElevenLabsContext> create, int limit, out ElevenLabsContext? context)
    {
        lock (_gate)
        {
            context = null;
            if (_isRetired || _failure is not null || !_socket.IsOpen || _contexts.Count >= limit)
                return false;
            context = create(this);
            _contexts.Add(context.Id, context);
            return true;
        }
    }

    /// <summary>No new utterances from here on.</summary>
    public void Retire()
    {
        lock (_gate)
            _isRetired = true;
    }

    /// <exception cref="ProviderException">The connection is lost.</exception>
    public async ValueTask SendAsync(ContextMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.SendTextAsync(JsonSerializer.SerializeToUtf8Bytes(message, ElevenLabsJson.Default.ContextMessage), cancellationToken);
        }
        catch (ProviderException) when (Failure is { } failure)
        {
            // What the service said when it closed tells more than that it is closed.
            throw new ProviderException(failure.Provider, failure.Kind, failure.Message, failure.IsTransient, failure) { RequestId = failure.RequestId };
        }
    }

    /// <summary>Nobody listens to the utterance any more.</summary>
    public async ValueTask AbandonAsync(ElevenLabsContext context, bool isOver, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (isOver || !_contexts.ContainsKey(context.Id))
                return;
            _contexts[context.Id] = null;
        }

        try
        {
            await SendAsync(new ContextMessage { ContextId = context.Id, CloseContext = true }, cancellationToken);
        }
        catch (Exception e) when (e is ProviderException or OperationCanceledException)
        {
            // A connection that cannot be told is of no use to anybody else.
            Retire();
        }
    }

    /// <summary>Ends all utterances and the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        Retire();
        if (_socket.IsOpen)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(250), _time);
            try
            {
                await _socket.SendTextAsync(ClientMessages.CloseSocket, patience.Token);
            }
            catch (Exception e) when (e is ProviderException or OperationCanceledException)
            {
                // The connection's end ends everything on it too.
            }
        }

        await _disposed.CancelAsync();
        await _receiving;
        await _socket.DisposeAsync();
        _disposed.Dispose();
    }

    private async Task ReceiveAsync()
    {
        ProviderException failure;
        try
        {
            while (true)
            {
                var message = await _socket.ReceiveAsync(_disposed.Token);
                if (message.Kind == VendorMessageKind.Closed)
                    break;
                Take(message);
            }

            failure = ElevenLabsErrors.From(_provider, _error, _socket.CloseCode, _socket.CloseReason, _socket.RequestId);
        }
        catch (ProviderException e)
        {
            failure = _error is null ? e : ElevenLabsErrors.From(_provider, _error, _socket.CloseCode, words: null, _socket.RequestId);
        }
        catch (OperationCanceledException)
        {
            failure = Vendors.VendorErrors.Lost(_provider, _socket.RequestId);
        }
        catch (Exception e)
        {
            // Such as a time that no clock has. Every utterance on the connection waits for this loop, and has to be told that it is over.
            failure = ElevenLabsErrors.Garbled(_provider, _socket.RequestId, e);
        }

        ElevenLabsContext?[] contexts;
        lock (_gate)
        {
            _failure = failure;
            contexts = [.. _contexts.Values];
            _contexts.Clear();
        }

        foreach (var context in contexts)
            context?.Fail(failure);
        if (!_disposed.IsCancellationRequested)
            await _socket.DisposeAsync();
    }

    private void Take(VendorMessage message)
    {
        var speech = Read(message);
        try
        {
            if (speech.Error is not null)
                _error = speech.Error;
            ElevenLabsContext? context = null;
            lock (_gate)
            {
                if (speech.ContextId is { } id && _contexts.TryGetValue(id, out context) && (speech.IsFinal == true || speech.Error is not null))
                    _contexts.Remove(id);
            }

            if (speech.Error is null)
                context?.Take(speech);
            else
                context?.Fail(ElevenLabsErrors.From(_provider, speech.Error, speech.Code, words: null, _socket.RequestId));
        }
        finally
        {
            speech.Audio.Return();
        }
    }

    private SpeechMessage Read(VendorMessage message)
    {
        try
        {
            return (message.Kind == VendorMessageKind.Text ? JsonSerializer.Deserialize(message.Payload.Span, ElevenLabsJson.Default.SpeechMessage) : null)
                ?? throw ElevenLabsErrors.Garbled(_provider, _socket.RequestId);
        }
        catch (JsonException e)
        {
            // The exception's own message may hold what was said.
            throw ElevenLabsErrors.Garbled(_provider, _socket.RequestId, new JsonException($"Not readable at byte {e.BytePositionInLine}."));
        }
    }
}
