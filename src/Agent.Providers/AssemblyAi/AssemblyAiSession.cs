using System.Text.Json;
using Agent.Pipeline.Errors;
using Agent.Providers.AssemblyAi.Wire;
using Agent.Providers.Connections;

namespace Agent.Providers.AssemblyAi;

/// <summary>One session of the service, which is one connection and lasts three hours at most. One sender, one receiver.</summary>
internal sealed class AssemblyAiSession : IAsyncDisposable
{
    private readonly string _provider;
    private readonly VendorSocket _socket;
    private readonly TimeProvider _time;

    // Never disposed: the sender may still set its time while the receiver has already gone on.
    private readonly CancellationTokenSource _over;
    private readonly TaskCompletionSource<AssemblyAiSession> _successor = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _patience;
    private volatile bool _isEnding;
    private volatile bool _owesEnd;

    private AssemblyAiSession(string provider, VendorSocket socket, BeginMessage begin, bool awaitsFormatted, TimeProvider time)
    {
        _time = time;
        _over = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _provider = provider;
        _socket = socket;
        Id = begin.Id;
        ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(begin.ExpiresAt, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
        Turns = new TurnReader(Clock, awaitsFormatted);
    }

    /// <summary>The vendor's name for the session.</summary>
    public string Id { get; }

    /// <summary>When the service ends it.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Its times.</summary>
    public SessionClock Clock { get; } = new();

    /// <summary>Its turns; guarded by the stream.</summary>
    public TurnReader Turns { get; }

    /// <summary>The session that is sent audio after this one.</summary>
    public Task<AssemblyAiSession> Successor => _successor.Task;

    /// <summary>Connects and waits for the session's beginning.</summary>
    /// <exception cref="ProviderException">The service cannot be reached or refuses.</exception>
    public static async Task<AssemblyAiSession> OpenAsync(VendorSocketRequest request, bool awaitsFormatted, CancellationToken cancellationToken)
    {
        var socket = await VendorSocket.ConnectAsync(request, cancellationToken);
        try
        {
            while (true)
            {
                var message = await ReceiveAsync(request.Provider, socket, cancellationToken);
                if (message is BeginMessage begin)
                {
                    socket.RequestId = begin.Id;
                    return new AssemblyAiSession(request.Provider, socket, begin, awaitsFormatted, request.Time);
                }

                if (message is null or TerminationMessage)
                    throw AssemblyAiErrors.FromCode(request.Provider, socket.CloseCode, socket.CloseReason, socket.RequestId);
            }
        }
        catch
        {
            await socket.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends audio: 50 to 1,000 ms of it, as the service demands.</summary>
    public ValueTask SendAudioAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken) => _socket.SendBinaryAsync(pcm, cancellationToken);

    /// <summary>Sends one of <see cref="ClientMessages"/> or an update.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => _socket.SendTextAsync(message, cancellationToken);

    /// <summary>The next message, its end as the last; null when it has given way and is heard no longer.</summary>
    /// <exception cref="ProviderException">The service ended it by itself, the connection is lost, a message cannot be read, or the end that is owed does not come.</exception>
    public async ValueTask<ServerMessage?> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, cancellationToken);
        try
        {
            var message = await ReceiveAsync(_provider, _socket, either.Token) ?? throw AssemblyAiErrors.FromCode(_provider, _socket.CloseCode, _socket.CloseReason, Id);
            if (_isEnding)
                _over.CancelAfter(_patience);
            else if (message is TerminationMessage)
                throw AssemblyAiErrors.FromCode(_provider, AssemblyAiErrors.SessionExpired, words: null, Id);
            return message;
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return _owesEnd ? throw Silent() : null;
        }
        catch (ProviderException) when (_isEnding && !_owesEnd)
        {
            // What it still had to say is lost with it; the successor is heard.
            return null;
        }
    }

    /// <summary>Ends the session in favour of another; what it has still to say is awaited for a while.</summary>
    public async ValueTask GiveWayAsync(AssemblyAiSession successor, TimeSpan patience, CancellationToken cancellationToken)
    {
        Precede(successor);
        try
        {
            await AskToEndAsync(patience, cancellationToken);
        }
        catch (ProviderException)
        {
            // The receiver has found it lost as well, or finds it so when the patience ends.
        }
    }

    /// <summary>Ends the session, which has to say so.</summary>
    /// <param name="patience">How long it may say nothing until then.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <exception cref="ProviderException">The connection is lost.</exception>
    public ValueTask EndAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        _owesEnd = true;
        return AskToEndAsync(patience, cancellationToken);
    }

    /// <summary>Tells which session comes after it.</summary>
    public void Precede(AssemblyAiSession successor) => _successor.TrySetResult(successor);

    /// <summary>Ends the session, so that it is billed no longer; waits for no answer. Before the receiver is stopped: that ends the connection.</summary>
    public async ValueTask TerminateAsync()
    {
        if (!_socket.IsOpen)
            return;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(250), _time);
        try
        {
            await _socket.SendTextAsync(ClientMessages.Terminate, patience.Token);
        }
        catch (Exception e) when (e is ProviderException or OperationCanceledException)
        {
            // The connection's end ends the session too.
        }
    }

    public ValueTask DisposeAsync() => _socket.DisposeAsync();

    private ValueTask AskToEndAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        _patience = patience;
        _isEnding = true;
        _over.CancelAfter(patience);
        return _socket.SendTextAsync(ClientMessages.Terminate, cancellationToken);
    }

    private ProviderException Silent() => new(
        _provider, ProviderErrorKind.Timeout, $"{_provider} heard a voice, told no words, and did not end its session within {_patience.TotalSeconds:0.##} s either.", isTransient: true)
    { RequestId = Id };

    private static async ValueTask<ServerMessage?> ReceiveAsync(string provider, VendorSocket socket, CancellationToken cancellationToken)
    {
        var message = await socket.ReceiveAsync(cancellationToken);
        if (message.Kind == VendorMessageKind.Closed)
            return null;
        ServerMessage? read;
        try
        {
            read = message.Kind == VendorMessageKind.Text ? JsonSerializer.Deserialize(message.Payload.Span, AssemblyAiJson.Default.ServerMessage) : null;
        }
        catch (JsonException e)
        {
            // The exception's own message may hold what was said.
            throw AssemblyAiErrors.Garbled(provider, socket.RequestId, new JsonException($"Not readable at byte {e.BytePositionInLine}."));
        }

        return read switch
        {
            null => throw AssemblyAiErrors.Garbled(provider, socket.RequestId),
            ErrorMessage error => throw AssemblyAiErrors.FromCode(provider, error.ErrorCode, error.Error, socket.RequestId),
            _ => read,
        };
    }
}
