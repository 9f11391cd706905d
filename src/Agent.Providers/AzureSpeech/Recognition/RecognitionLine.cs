using System.Runtime.InteropServices;
using System.Threading.Channels;
using Agent.Pipeline.Audio;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.AzureSpeech.Usp;
using Agent.Providers.Connections;
using Agent.Providers.Resilience;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.AzureSpeech.Recognition;

/// <summary>
/// The connection of one stream and the turns on it. One loop sends, one task receives. A turn is ended by the client to get the last words at once
/// (an empty <c>audio</c> message), or by the service when it pleases; the next audio begins another on the same connection, with what the service has
/// heard but not recognised. A connection that is closed while nobody speaks is replaced by the next audio; one that is lost in the middle is an error.
/// </summary>
internal sealed class RecognitionLine : IAsyncDisposable
{
    private const string Wave = "audio/x-wav";

    /// <summary>What may have to be sent again: 5 s.</summary>
    private const int KeptSamples = 5 * RecognitionSettings.SampleRateHz;

    /// <summary>A silence in which no word has begun that the service has not told of yet: 0.4 s.</summary>
    private const int PauseSamples = 2 * RecognitionSettings.SampleRateHz / 5;

    /// <summary>Without audio for so long, a lost connection loses nothing.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What goes before the audio of each turn; nobody knows its length. Source: AudioStreamFormatImpl of Microsoft's Speech SDK for JavaScript 1.52.
    /// </summary>
    private static readonly byte[] s_waveHeader = WaveHeader.Of(RecognitionSettings.SampleRateHz, samples: null);

    private readonly string _provider;
    private readonly AzureSpeechConnections _connections;
    private readonly RecognitionSettings _settings;
    private readonly RecognitionResults _results;
    private readonly ChannelWriter<Transcript> _output;
    private readonly ILogger _logger;
    private readonly UspWriter _writer;
    private readonly SentAudio _sent = new(KeptSamples);
    private readonly short[] _again = new short[RecognitionSettings.SampleRateHz / 10];
    private readonly CancellationTokenSource _failed = new();
    private volatile VendorSocket? _socket;
    private volatile RecognitionTurn? _turn;
    private Task _receiving = Task.CompletedTask;
    private ProviderException? _failure;
    private long _sentAt;
    private long _sentSamples;

    public RecognitionLine(
        string provider, AzureSpeechConnections connections, RecognitionSettings settings, RecognitionResults results, ChannelWriter<Transcript> output, ILogger logger)
    {
        _provider = provider;
        _connections = connections;
        _settings = settings;
        _results = results;
        _output = output;
        _logger = logger;
        _writer = new UspWriter(connections.Time);
    }

    /// <summary>Cancelled when the line has failed, see <see cref="Failure"/>.</summary>
    public CancellationToken Failed => _failed.Token;

    /// <summary>Why the line has failed; null while it has not.</summary>
    public ProviderException? Failure => Volatile.Read(ref _failure);

    /// <summary>Samples sent, those sent again among them: what is billed.</summary>
    public long SentSamples => Interlocked.Read(ref _sentSamples);

    /// <summary>Opens the connection before there is audio.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken) => Attach(await _connections.TakeAsync(cancellationToken));

    /// <summary>Sends the next samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="dropped">How many samples of the stream were dropped so far and are in nobody's audio.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task SendAsync(ReadOnlyMemory<short> samples, long dropped, CancellationToken cancellationToken)
    {
        _sent.Skip(dropped);

        // Between two phrases nobody misses an old connection, which the service would end in the middle of a word.
        if (_turn is { IsEnded: false, IsHearing: false } old && old.Socket.Age >= _connections.MaxAge && _sent.IsQuiet(PauseSamples))
            await FinishAsync(cancellationToken);
        var turn = await EnterAsync(cancellationToken);
        _sent.Write(samples.Span);
        await SendAudioAsync(turn, samples, cancellationToken);
    }

    /// <summary>Ends the turn and waits until the service has told all; the position of the last sample is the end of what was heard.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var turn = _turn;
        if (turn is { IsEnded: true, IsFinished: false } && turn.Recognised < _sent.To)
            turn = await EnterAsync(cancellationToken);
        if (turn is null or { IsEnded: true })
            return;
        turn.IsFinished = true;
        await turn.Socket.SendBinaryAsync(_writer.Binary("audio", turn.Id, contentType: null, default), cancellationToken);
        for (var stage = VendorStage.FirstByte; !turn.IsEnded; stage = VendorStage.Idle)
            await _connections.Call.WithinAsync(stage, turn.ProgressAsync, cancellationToken);
        if (turn.Socket.Age >= _connections.MaxAge)
            await LeaveAsync();
    }

    /// <summary>Where the audio so far ends, from the beginning of the stream.</summary>
    public TimeSpan Position => TimeSpan.FromTicks(_sent.To * TimeSpan.TicksPerSecond / RecognitionSettings.SampleRateHz);

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        _failed.Dispose();
    }

    /// <summary>The turn that takes audio now: the one under way, or a new one.</summary>
    private async Task<RecognitionTurn> EnterAsync(CancellationToken cancellationToken)
    {
        var last = _turn;
        if (last is { IsEnded: false } && _socket is { IsOpen: true })
            return last;
        if (_socket is not { IsOpen: true })
        {
            await _receiving;
            if (Failure is { } failure)
                throw failure;
            await LeaveAsync();
            Attach(await _connections.TakeAsync(cancellationToken));
        }

        var from = last is { IsFinished: false } ? Math.Clamp(last.Recognised, _sent.From, _sent.To) : _sent.To;
        var turn = new RecognitionTurn(_socket!, AzureSpeechVendor.NewId(), from);
        if (last is { IsFinished: false })
            AzureSpeechLog.TurnEnded(_logger, _provider, 1000.0 * (_sent.To - from) / RecognitionSettings.SampleRateHz);
        _turn = turn;
        await turn.Socket.SendTextAsync(_writer.Text("speech.context", turn.Id, UspWriter.Json, _settings.Context.Span), cancellationToken);
        await turn.Socket.SendBinaryAsync(_writer.Binary("audio", turn.Id, Wave, s_waveHeader), cancellationToken);
        while (from < _sent.To)
        {
            var count = _sent.Read(from, _again);
            await SendAudioAsync(turn, _again.AsMemory(0, count), cancellationToken);
            from += count;
        }

        return turn;
    }

    private async Task SendAudioAsync(RecognitionTurn turn, ReadOnlyMemory<short> samples, CancellationToken cancellationToken)
    {
        await turn.Socket.SendBinaryAsync(_writer.Binary("audio", turn.Id, contentType: null, MemoryMarshal.AsBytes(samples.Span)), cancellationToken);
        Interlocked.Add(ref _sentSamples, samples.Length);
        Volatile.Write(ref _sentAt, _connections.Time.GetTimestamp());
    }

    private void Attach(VendorSocket socket)
    {
        _socket = socket;
        _receiving = ReceiveAsync(socket);
    }

    private async Task LeaveAsync()
    {
        if (_socket is not { } socket)
            return;
        _socket = null;
        await socket.DisposeAsync();
        await _receiving;
    }

    /// <summary>Receives until the connection ends. Never fails: what goes wrong is told by <see cref="Failure"/>.</summary>
    private async Task ReceiveAsync(VendorSocket socket)
    {
        try
        {
            while (true)
            {
                var message = await socket.ReceiveAsync(CancellationToken.None);
                if (message.Kind == VendorMessageKind.Closed)
                    throw AzureSpeechErrors.Closed(_provider, socket);
                if (!UspMessage.TryParse(message.Payload, message.Kind == VendorMessageKind.Binary, out var usp))
                    throw AzureSpeechErrors.Garbled(_provider, socket.RequestId);

                // What belongs to an earlier turn comes late and says nothing new.
                if (_turn is { } turn && usp.IsOf(turn.Id) && _results.Read(usp, turn) is { } transcript)
                    _output.TryWrite(transcript);
            }
        }
        catch (Exception e)
        {
            // Left on purpose.
            if (_socket != socket)
                return;

            // Whatever else a message has done here, nobody would hear of it: the reader waits for a result or for the failure.
            var error = e as ProviderException ?? AzureSpeechErrors.Garbled(_provider, socket.RequestId, e);
            if (error is { IsTransient: true, Kind: ProviderErrorKind.Connection } && IsQuiet(socket))
            {
                AzureSpeechLog.IdleClosed(_logger, _provider);
                return;
            }

            Volatile.Write(ref _failure, error);
            await _failed.CancelAsync();
        }
    }

    /// <summary>Whether nobody has said anything for a while, so that the turn can be taken as ended.</summary>
    private bool IsQuiet(VendorSocket socket)
    {
        if (_turn is not { IsEnded: false } turn || turn.Socket != socket)
            return true;
        if (turn.IsFinished || _connections.Time.GetElapsedTime(Volatile.Read(ref _sentAt)) < s_quiet)
            return false;
        turn.End();
        return true;
    }
}
