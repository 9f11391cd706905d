using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Deepgram.Listening;

/// <summary>One participant's speech over one connection: a loop that sends audio and flushes, a loop that reads results, a timer for answers that stay away.</summary>
internal sealed class ListenStream : ISpeechToTextStream, IListenSink
{
    private const int SampleRateHz = DeepgramVendor.ListenSampleRateHz;

    /// <summary>Audio that may wait while the connection is slow; what is older is of no use to a conversation.</summary>
    private const int OutboxSamples = 10 * SampleRateHz;

    // The vendor closes after 10 s and advises 3 to 5 s.
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_closePatience = TimeSpan.FromMilliseconds(250);

    private readonly string _provider;
    private readonly VendorSocket _socket;
    private readonly IListenProtocol _protocol;
    private readonly DeepgramOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AudioOutbox _outbox;
    private readonly short[] _samples;
    private readonly byte[] _bytes;

    // Unbounded: a few results a second, of a stream that ends with its reader.
    private readonly Channel<Transcript> _results = Channel.CreateUnbounded<Transcript>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly AnswerWatch _answers;
    private readonly ITimer _patience;
    private readonly Task _running;
    private ProviderException? _failure;
    private long _sent;
    private long _droppedTold;
    private int _isDisposed;

    public ListenStream(string provider, VendorSocket socket, IListenProtocol protocol, int chunkSamples, DeepgramOptions options, TimeProvider time, ILogger logger)
    {
        _provider = provider;
        _socket = socket;
        _protocol = protocol;
        _options = options;
        _time = time;
        _logger = logger;
        _outbox = new AudioOutbox(OutboxSamples, chunkSamples, time);
        _samples = new short[chunkSamples];
        _bytes = new byte[chunkSamples * sizeof(short)];
        _answers = new AnswerWatch(options, time);
        _patience = time.CreateTimer(static stream => ((ListenStream)stream!).OnPatienceOver(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _running = Task.Run(RunAsync);
        DeepgramLog.StreamOpened(logger, provider, socket.RequestId);
    }

    public SpeechUsage Usage => new(TimeOf(Interlocked.Read(ref _sent)));

    public void Push(ReadOnlySpan<short> samples) => _outbox.Push(samples);

    public void Flush() => _outbox.Mark();

    public void SpeechBegins()
    {
        lock (_gate)
            _answers.OnVoice();
    }

    public IAsyncEnumerable<Transcript> ReadAsync(CancellationToken cancellationToken) => _results.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            await _running;
            return;
        }

        _outbox.Complete();
        await _stop.CancelAsync();
        await _running;
        await _patience.DisposeAsync();
        _stop.Dispose();
    }

    void IListenSink.Write(Transcript transcript)
    {
        lock (_gate)
            _answers.OnWords(transcript.Kind);

        // The vendor counts the samples that it was sent, the reader those that were pushed.
        var dropped = _outbox.DroppedSamples;
        Write(dropped == 0 ? transcript : transcript with
        {
            Start = transcript.Start + TimeOf(dropped),
            End = transcript.End + TimeOf(dropped),
            Words = [.. transcript.Words.Select(w => w with { Start = w.Start + TimeOf(dropped), End = w.End + TimeOf(dropped) })],
        });
    }

    void IListenSink.AnswerFlush(TimeSpan? end)
    {
        lock (_gate)
        {
            for (var answered = _answers.OnAnswer(end); answered > 0; answered--)
                WriteFlushed();
            Arm();
        }
    }

    void IListenSink.Identify(string? requestId) => _socket.RequestId = requestId ?? _socket.RequestId;

    void IListenSink.Warn(string? code) => DeepgramLog.Warned(_logger, _provider, DeepgramErrors.Word(code), _socket.RequestId);

    void IListenSink.Unknown(string type) => DeepgramLog.UnknownMessage(_logger, _provider, DeepgramErrors.Word(type.ToUpperInvariant()), _socket.RequestId);

    private static TimeSpan TimeOf(long samples) => TimeSpan.FromTicks(samples * TimeSpan.TicksPerSecond / SampleRateHz);

    private async Task RunAsync()
    {
        var sending = SendAsync(_stop.Token);
        var receiving = ReceiveAsync();
        await Task.WhenAny(sending, receiving);
        await _stop.CancelAsync();
        var failure = await OutcomeOf(sending);
        if (receiving.IsCompleted)
            failure = await OutcomeOf(receiving) ?? failure;
        else if (failure is null && Volatile.Read(ref _failure) is null)
            failure = await OutcomeOf(CloseAsync());

        // Closing ends the receiving; what it says about that is no news.
        await _socket.DisposeAsync();
        await OutcomeOf(receiving);
        failure = Volatile.Read(ref _failure) ?? failure;
        _results.Writer.TryComplete(Volatile.Read(ref _isDisposed) != 0 ? null : failure);
    }

    private async Task<Exception?> OutcomeOf(Task loop)
    {
        try
        {
            await loop;
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (ProviderException e)
        {
            return e;
        }
        catch (Exception e)
        {
            return new ProviderException(_provider, ProviderErrorKind.Protocol, $"{_provider} failed unexpectedly.", isTransient: true, e) { RequestId = _socket.RequestId };
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var idle = _protocol.KeepAliveMessage.IsEmpty ? Timeout.InfiniteTimeSpan : s_keepAlive;
        while (true)
        {
            var (item, count) = await _outbox.ReadAsync(_samples, idle, cancellationToken);
            switch (item)
            {
                case OutboxItem.Audio:
                    MemoryMarshal.AsBytes(_samples.AsSpan(0, count)).CopyTo(_bytes);
                    await _socket.SendBinaryAsync(_bytes.AsMemory(0, count * sizeof(short)), cancellationToken);
                    Interlocked.Add(ref _sent, count);
                    CheckHealth();
                    break;
                case OutboxItem.Mark when NoteFlush():
                    await _socket.SendTextAsync(_protocol.FlushMessage, cancellationToken);
                    break;
                case OutboxItem.Idle:
                    await _socket.SendTextAsync(_protocol.KeepAliveMessage, cancellationToken);
                    break;
                case OutboxItem.Completed:
                    return;
            }
        }
    }

    private async Task CloseAsync()
    {
        using var patience = new CancellationTokenSource(s_closePatience, _time);
        await _socket.SendTextAsync(Wire.ClientMessages.CloseStream, patience.Token);
    }

    private async Task ReceiveAsync()
    {
        while (true)
        {
            var message = await _socket.ReceiveAsync(CancellationToken.None);
            if (message.Kind == VendorMessageKind.Closed)
                throw DeepgramErrors.Closed(_provider, _socket);
            if (message.Kind == VendorMessageKind.Binary)
                throw DeepgramErrors.Garbled(_provider, _socket.RequestId);
            lock (_gate)
                _answers.OnMessage(Interlocked.Read(ref _sent));
            try
            {
                _protocol.Read(message.Payload.Span, this);
            }
            catch (Exception e) when (e is JsonException or FormatException or OverflowException)
            {
                // The cause quotes what was sent; only its type is of use.
                throw DeepgramErrors.Garbled(_provider, _socket.RequestId);
            }
        }
    }

    /// <returns>Whether the vendor has to be asked.</returns>
    private bool NoteFlush()
    {
        lock (_gate)
        {
            if (_answers.Ask(Interlocked.Read(ref _sent)))
            {
                Arm();
                return true;
            }

            WriteFlushed();
            return false;
        }
    }

    private void OnPatienceOver()
    {
        lock (_gate)
        {
            var state = _answers.Look();
            if (state != AnswerState.Gone)
            {
                if (state == AnswerState.Spared)
                {
                    DeepgramLog.FlushUnanswered(_logger, _provider, _options.FlushTimeout.TotalSeconds, _socket.RequestId);
                    WriteFlushed();
                }

                Arm();
                return;
            }

            Fail(_options.Resilience.IdleTimeout);
        }

        _stop.Cancel();
    }

    /// <summary>Sets the timer for the oldest answer that is owed.</summary>
    private void Arm()
    {
        if (Volatile.Read(ref _isDisposed) == 0)
            _patience.Change(_answers.NextLook, Timeout.InfiniteTimeSpan);
    }

    private void CheckHealth()
    {
        lock (_gate)
        {
            if (_answers.IsDeaf(Interlocked.Read(ref _sent)))
                throw Fail(_options.SilenceTimeout);
        }

        if (_outbox.DroppedSamples is var dropped && dropped > _droppedTold)
        {
            _droppedTold = dropped;
            DeepgramLog.SamplesDropped(_logger, _provider, dropped, _socket.RequestId);
        }
    }

    private ProviderException Fail(TimeSpan limit)
    {
        var error = new ProviderException(
            _provider, ProviderErrorKind.Timeout, $"{_provider} was given audio and did not answer within {limit.TotalSeconds:0.##} s.", isTransient: true)
        { RequestId = _socket.RequestId };
        return Interlocked.CompareExchange(ref _failure, error, comparand: null) ?? error;
    }

    private void Write(Transcript transcript) => _results.Writer.TryWrite(transcript);

    private void WriteFlushed()
    {
        var at = TimeOf(Interlocked.Read(ref _sent) + _outbox.DroppedSamples);
        Write(new Transcript { Kind = TranscriptKind.Flushed, Start = at, End = at });
    }
}
