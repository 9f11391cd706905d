using System.Text.Json;
using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Agent.Providers.Deepgram.Wire;
using Agent.Providers.Resilience;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Deepgram.Speaking;

/// <summary>
/// One utterance: its text is spoken in batches, one flush each, of which one is under way at a time. The first batch is the first clause; while its sound plays the
/// next grows, because the vendor limits flushes and longer batches sound better. A batch without sound so far may be repeated on another connection.
/// </summary>
internal sealed class AuraSynthesis : ISynthesis
{
    /// <summary>Pieces of sound that may lie unread; then the vendor waits too.</summary>
    private const int UnreadPieces = 256;

    // How much sound is left to play when the next batch has to be on its way.
    private static readonly TimeSpan s_lead = TimeSpan.FromSeconds(1.5);

    private readonly string _provider;
    private readonly AuraConnections _connections;
    private readonly VendorCall _call;
    private readonly AuraOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AuraScript _script;
    private readonly PcmReader _pcm;
    private readonly Channel<SynthesizedAudio> _sound = Channel.CreateBounded<SynthesizedAudio>(new BoundedChannelOptions(UnreadPieces) { SingleReader = true, SingleWriter = true });

    // Has no timer and outlives its loop, so there is nothing to dispose and no moment at which to.
    private readonly CancellationTokenSource _abandon = new();
    private readonly StageWatch _watch;
    private readonly Lock _gate = new();
    private readonly Task _speaking;
    private AuraConnection? _connection;
    private AuraState _state;
    private bool _isCancelled;
    private ProviderException? _failure;
    private long _firstSoundAt;
    private long _characters;
    private int _isDisposed;

    public AuraSynthesis(string provider, AuraConnection connection, AuraConnections connections, VendorCall call, AuraOptions options, TimeProvider time, ILogger logger)
    {
        _provider = provider;
        _connection = connection;
        _connections = connections;
        _call = call;
        _options = options;
        _time = time;
        _logger = logger;
        _script = new AuraScript(time);
        _pcm = new PcmReader(options.SampleRateHz);
        _watch = new StageWatch(time);
        DeepgramLog.UtteranceBegun(logger, provider, connection.Socket.RequestId);
        _speaking = Task.Run(RunAsync);
    }

    public SpeechUsage Usage => new(_pcm.Duration, Interlocked.Read(ref _characters));

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Volatile.Read(ref _failure) is { } failed)
            throw VendorErrors.Again(failed);
        _script.Write(text);
        return ValueTask.CompletedTask;
    }

    public void Complete() => _script.Complete();

    public IAsyncEnumerable<SynthesizedAudio> ReadAsync(CancellationToken cancellationToken) => _sound.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        AuraState state;
        lock (_gate)
        {
            _isCancelled = true;
            state = _state;
            if (state == AuraState.Reading)
                _watch.Arm(_options.ClearTimeout);
        }

        // From here on nothing reaches the reader, whatever the vendor still sends.
        _sound.Writer.TryComplete();
        while (_sound.Reader.TryRead(out var piece))
            piece.Frame.Dispose();
        if (state == AuraState.Waiting)
            await _abandon.CancelAsync();
        else if (state == AuraState.Reading)
            await SendClearAsync();

        // Its connection is not clean before the vendor says so; nobody has to wait for that.
        _connections.Keep(_speaking);
    }

    private async Task RunAsync()
    {
        ProviderException? failure = null;
        try
        {
            while (!IsCancelled() && await _script.TakeAsync(Unplayed() - s_lead, _abandon.Token) is { } batch)
            {
                if (!await _call.ExecuteAsync(VendorStage.FirstByte, token => BeginAsync(batch, token), _abandon.Token))
                    continue;
                while (await ReadAsync(_call.Limit(VendorStage.Idle), _watch.Token))
                {
                    // Until the batch is spoken or cleared.
                }
            }
        }
        catch (OperationCanceledException) when (_abandon.IsCancellationRequested)
        {
            // Disposed while nothing was owed.
        }
        catch (OperationCanceledException e) when (_watch.Token.IsCancellationRequested)
        {
            failure = await LostAsync(_call.Late(VendorStage.Idle, _call.Limit(VendorStage.Idle), e));
        }
        catch (ProviderException e)
        {
            failure = await LostAsync(e);
        }
        catch (Exception e)
        {
            failure = await LostAsync(new ProviderException(_provider, ProviderErrorKind.Protocol, $"{_provider} failed unexpectedly.", isTransient: true, e));
        }

        if (_connection is { } connection)
            await _connections.ReturnAsync(connection);
        Volatile.Write(ref _failure, failure);
        _sound.Writer.TryComplete(failure);
        _watch.Dispose();
    }

    /// <summary>Closes the connection of which the state is not known.</summary>
    private async Task<ProviderException> LostAsync(ProviderException error)
    {
        if (IsCancelled())
            DeepgramLog.NotCleared(_logger, _provider, _connection?.Socket.RequestId);
        await DropAsync();
        return error;
    }

    /// <summary>Sends a batch and waits for the first of its sound.</summary>
    /// <returns>Whether more is owed.</returns>
    private async ValueTask<bool> BeginAsync(string batch, CancellationToken cancellationToken)
    {
        try
        {
            if (_connection is { } used && (!used.Allowance.Permits(batch.Length) || !used.Socket.IsOpen))
                await DropAsync();
            _connection ??= await _connections.TakeAsync(batch.Length, cancellationToken);
            if (!TryEnter(AuraState.Sending))
                return false;
            _connection.Allowance.Note(batch.Length);
            await _connection.Socket.SendTextAsync(JsonSerializer.SerializeToUtf8Bytes(new AuraSpeak(batch), DeepgramJson.Default.AuraSpeak), cancellationToken);
            await _connection.Socket.SendTextAsync(ClientMessages.Flush, cancellationToken);
            if (!TryEnter(AuraState.Reading))
                await ClearAsync();
            var heard = _pcm.Samples;
            while (await ReadAsync(Timeout.InfiniteTimeSpan, cancellationToken))
            {
                if (_pcm.Samples > heard)
                {
                    Interlocked.Add(ref _characters, batch.Length);
                    return true;
                }
            }

            Interlocked.Add(ref _characters, batch.Length);
            return false;
        }
        catch
        {
            await DropAsync();
            throw;
        }
    }

    /// <summary>Reads one message.</summary>
    /// <returns>Whether more is owed.</returns>
    private async ValueTask<bool> ReadAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_isCancelled)
                _watch.Arm(limit);
        }

        var socket = _connection!.Socket;
        var message = await socket.ReceiveAsync(cancellationToken);
        lock (_gate)
        {
            // The reader may take its time with the sound; the vendor is not to blame for that.
            if (!_isCancelled)
                _watch.Disarm();
        }

        switch (message.Kind)
        {
            case VendorMessageKind.Closed:
                throw DeepgramErrors.Closed(_provider, socket);
            case VendorMessageKind.Binary:
                await PassOnAsync(message.Payload);
                return true;
            default:
                return IsMoreOwedAfter(message.Payload.Span, socket);
        }
    }

    private bool IsMoreOwedAfter(ReadOnlySpan<byte> utf8, VendorSocket socket)
    {
        try
        {
            switch (DeepgramVendor.MessageTypes.Of(utf8))
            {
                case "Flushed":
                    // After an interruption only the answer to that counts.
                    return !TryEnter(AuraState.Waiting);
                case "Cleared":
                    return false;
                case "Metadata":
                    socket.RequestId = JsonSerializer.Deserialize(utf8, DeepgramJson.Default.ServerMetadata)!.RequestId ?? socket.RequestId;
                    return true;
                case "Warning":
                    DeepgramLog.Warned(_logger, _provider, DeepgramErrors.Word(JsonSerializer.Deserialize(utf8, DeepgramJson.Default.ServerFault)!.Code), socket.RequestId);
                    return true;
                case "Error":
                    throw DeepgramErrors.Fatal(_provider, JsonSerializer.Deserialize(utf8, DeepgramJson.Default.ServerFault) is { } fault ? fault.Code ?? fault.ErrCode : null, socket.RequestId);
                case var other:
                    DeepgramLog.UnknownMessage(_logger, _provider, DeepgramErrors.Word(other.ToUpperInvariant()), socket.RequestId);
                    return true;
            }
        }
        catch (JsonException)
        {
            throw DeepgramErrors.Garbled(_provider, socket.RequestId);
        }
    }

    private async ValueTask PassOnAsync(ReadOnlyMemory<byte> bytes)
    {
        if (IsCancelled())
            return;
        if (_pcm.Samples == 0)
            _firstSoundAt = _time.GetTimestamp();

        // A frame holds at most ten seconds.
        var most = _options.SampleRateHz * 2 * 5;
        for (var rest = bytes; !rest.IsEmpty; rest = rest[Math.Min(most, rest.Length)..])
        {
            if (_pcm.Read(rest.Span[..Math.Min(most, rest.Length)]) is not { } frame)
                continue;
            try
            {
                await _sound.Writer.WriteAsync(new SynthesizedAudio(frame, []));
            }
            catch (ChannelClosedException)
            {
                frame.Dispose();
                return;
            }
        }
    }

    /// <summary>Sound that is made and not played yet, if it has played without a pause.</summary>
    private TimeSpan Unplayed() => _pcm.Samples == 0 ? TimeSpan.Zero : _pcm.Duration - _time.GetElapsedTime(_firstSoundAt);

    private bool IsCancelled()
    {
        lock (_gate)
            return _isCancelled;
    }

    /// <returns>False once the utterance is cancelled.</returns>
    private bool TryEnter(AuraState state)
    {
        lock (_gate)
        {
            if (!_isCancelled)
                _state = state;
            return !_isCancelled;
        }
    }

    /// <summary>Interrupted while the text was being sent.</summary>
    private async Task ClearAsync()
    {
        _watch.Arm(_options.ClearTimeout);
        await SendClearAsync();
    }

    private async Task SendClearAsync()
    {
        if (_connection is not { } connection)
            return;
        using var patience = new CancellationTokenSource(_options.ClearTimeout, _time);
        try
        {
            await connection.Socket.SendTextAsync(ClientMessages.Clear, patience.Token);
        }
        catch (Exception e) when (e is ProviderException or OperationCanceledException)
        {
            // The connection is lost or stuck; the reading loop finds that out and closes it.
        }
    }

    private async ValueTask DropAsync()
    {
        TryEnter(AuraState.Waiting);
        if (_connection is not { } connection)
            return;
        _connection = null;
        await connection.Socket.DisposeAsync();
    }
}
