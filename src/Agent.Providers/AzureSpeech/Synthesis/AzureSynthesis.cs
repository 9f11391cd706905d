using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.AzureSpeech.Usp;
using Agent.Providers.Connections;
using Agent.Providers.Resilience;

namespace Agent.Providers.AzureSpeech.Synthesis;

/// <summary>
/// One utterance over a connection of its own. Whoever writes sends, whoever reads receives: sound goes from the socket to the reader without a stop, and
/// is held back at the service while nobody reads.
/// </summary>
internal sealed class AzureSynthesis : ISynthesis
{
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromMilliseconds(100);

    private readonly AzureSpeechConnections _connections;
    private readonly SynthesisSettings _settings;
    private readonly string _provider;
    private readonly SynthesisScript _script;
    private readonly SpokenSound _sound;
    private readonly CancellationTokenSource _disposed = new();
    private readonly CancellationToken _whileUsed;
    private readonly CancellationTokenSource _patience;
    private readonly Channel<byte> _asked = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private Task _completing = Task.CompletedTask;
    private TimeSpan _limit;
    private bool _isReceiving;
    private bool _hasAnswer;
    private bool _mustRestart;
    private bool _speaks;
    private volatile bool _isDone;
    private int _isDisposed;

    public AzureSynthesis(string provider, AzureSpeechConnections connections, SynthesisSettings settings, VendorSocket socket)
    {
        _provider = provider;
        _connections = connections;
        _settings = settings;
        _script = new SynthesisScript(socket, settings, connections.Time);
        _sound = new SpokenSound(settings.SampleRateHz);
        _whileUsed = _disposed.Token;
        _patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, connections.Time);
    }

    public SpeechUsage Usage => new(_sound.Duration, _script.Characters);

    private bool IsDisposed => Volatile.Read(ref _isDisposed) != 0;

    public async ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        var speaks = text.Any(char.IsLetterOrDigit);

        // Punctuation alone says nothing, and the service takes it amiss.
        if (!speaks && (!_speaks || _settings.Input == AzureSynthesisInput.Ssml))
            return;
        var piece = _speaks ? $" {text.Trim()}" : text.Trim();
        _speaks = true;
        try
        {
            await _script.WriteAsync(piece, cancellationToken);
        }
        catch (ProviderException)
        {
            // The reader finds the same connection lost, and asks again over another or fails.
        }

        _asked.Writer.TryWrite(0);
    }

    public void Complete() => _completing = CompleteAsync();

    public async IAsyncEnumerable<SynthesizedAudio> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (IsDisposed)
            yield break;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _whileUsed, _patience.Token);
        while (true)
        {
            SynthesizedAudio? piece;
            try
            {
                piece = await NextAsync(either.Token);
            }
            catch (Exception e) when (IsDisposed && !cancellationToken.IsCancellationRequested && e is OperationCanceledException or ProviderException)
            {
                yield break;
            }
            catch (OperationCanceledException e) when (_patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw _connections.Call.Late(_sound.Duration == TimeSpan.Zero ? VendorStage.FirstByte : VendorStage.Idle, _limit, e);
            }

            if (piece is not { } sound)
                yield break;
            if (IsDisposed)
            {
                sound.Frame.Dispose();
                yield break;
            }

            yield return sound;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        if (!_isDone && _script.RequestId is not null)
            await StopAsync();
        await _disposed.CancelAsync();
        await _completing;
        if (_isDone || _script.RequestId is null)
            await _connections.ReturnAsync(_script.Socket);
        else
            await _script.Socket.DisposeAsync();
        _disposed.Dispose();
        lock (_gate)
            _patience.Dispose();
    }

    private async Task CompleteAsync()
    {
        try
        {
            await _script.CompleteAsync(_whileUsed);
        }
        catch (Exception e) when (e is ProviderException or OperationCanceledException)
        {
            // The reader finds the same connection lost, or nobody wants the rest.
        }

        _asked.Writer.TryWrite(0);
        lock (_gate)
        {
            if (_isReceiving)
                Arm();
        }
    }

    /// <summary>The next piece of sound; null when all has been spoken.</summary>
    private async ValueTask<SynthesizedAudio?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_sound.Next() is { } piece)
                return piece;
            if (_script.RequestId is null)
            {
                if (_isDone || _script.IsAllAsked)
                {
                    _isDone = true;
                    return _sound.Late();
                }

                await _asked.Reader.ReadAsync(cancellationToken);
                continue;
            }

            var message = _hasAnswer ? await ReceiveAsync(cancellationToken) : await _connections.Call.ExecuteAsync(VendorStage.FirstByte, AnswerAsync, cancellationToken);
            _hasAnswer = true;
            await TakeAsync(message, cancellationToken);
        }
    }

    /// <summary>The first message, over another connection where one has failed already: nothing has been heard yet.</summary>
    private async ValueTask<UspMessage> AnswerAsync(CancellationToken cancellationToken)
    {
        if (_mustRestart)
        {
            var fresh = await _connections.TakeOnceAsync(cancellationToken);
            await _script.Socket.DisposeAsync();
            await _script.RestartAsync(fresh, cancellationToken);
        }

        _mustRestart = true;
        return await MessageAsync(cancellationToken);
    }

    private async ValueTask<UspMessage> ReceiveAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _isReceiving = true;
            Arm();
        }

        try
        {
            return await MessageAsync(cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _isReceiving = false;
                if (!IsDisposed)
                    _patience.CancelAfter(Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>A stream of text may pause for as long as its writer does; once all is asked for, the service has to speak.</summary>
    private void Arm()
    {
        if (IsDisposed || (_settings.Input == AzureSynthesisInput.TextStream && !_script.IsAllAsked))
            return;
        _limit = _connections.Call.Limit(_sound.Duration == TimeSpan.Zero ? VendorStage.FirstByte : VendorStage.Idle);
        _patience.CancelAfter(_limit);
    }

    private async ValueTask<UspMessage> MessageAsync(CancellationToken cancellationToken)
    {
        var socket = _script.Socket;
        var message = await socket.ReceiveAsync(cancellationToken);
        if (message.Kind == VendorMessageKind.Closed)
            throw AzureSpeechErrors.Closed(_provider, socket);
        return UspMessage.TryParse(message.Payload, message.Kind == VendorMessageKind.Binary, out var usp) ? usp : throw AzureSpeechErrors.Garbled(_provider, socket.RequestId);
    }

    private async ValueTask TakeAsync(UspMessage message, CancellationToken cancellationToken)
    {
        if (_script.RequestId is not { } request || !message.IsOf(request))
            return;
        if (message.IsPath("audio"u8))
        {
            _sound.Write(message.Body);
        }
        else if (message.IsPath("audio.metadata"u8))
        {
            try
            {
                _sound.Describe(message, _script.Words);
            }
            catch (Exception e) when (e is JsonException or OverflowException)
            {
                throw AzureSpeechErrors.Garbled(_provider, _script.Socket.RequestId, e);
            }
        }
        else if (message.IsPath("turn.end"u8))
        {
            _sound.EndRequest();
            await _script.SpokenAsync(cancellationToken);
        }
    }

    private async Task StopAsync()
    {
        using var patience = new CancellationTokenSource(s_stopPatience, _connections.Time);
        try
        {
            await _script.StopAsync(patience.Token);
        }
        catch (Exception e) when (e is ProviderException or OperationCanceledException)
        {
            // Closing the connection stops it as well.
        }
    }
}
