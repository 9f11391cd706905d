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
    private readonly FlushLedger _flushes = new(SampleRateHz);
    private readonly ITimer _patience;
    private readonly Task _running;
    private ProviderException? _failure;
    private long _sent;
    private long _sentAtLastMessage;
    private long _lastMessageAt;
    private bool _hasOpenWords;
    private bool _hasVoice;
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
        _lastMessageAt = time.GetTimestamp();
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
            _hasVoice = true;
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
        {
            _hasOpenWords = transcript.Kind == TranscriptKind.Interim;
            _hasVoice &= _hasOpenWords;
        }

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
            for (var answered = _flushes.Answer(end); answered > 0; answered--)
            {
                _hasOpenWords = _hasVoice = false;
                WriteFlushed();
            }

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
            {
                _lastMessageAt = _time.GetTimestamp();
                _sentAtLastMessage = Interlocked.Read(ref _sent);
            }

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
            if (_flushes.Add(Interlocked.Read(ref _sent), _time.GetTimestamp()))
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
        if (!IsGone())
            return;
        _stop.Cancel();
    }

    /// <summary>Settles the oldest flush if its time is over.</summary>
    /// <returns>Whether the vendor is no longer there.</returns>
    private bool IsGone()
    {
        lock (_gate)
        {
            if (!_flushes.IsWaiting || _time.GetElapsedTime(_flushes.OldestSentAt) < _options.FlushTimeout)
            {
                Arm();
                return false;
            }

            // Where nothing was said the vendor need not answer. But one that owes words, or is silent altogether after a voice, is no longer there;
            // one that goes on talking without the words that it owes is given as long again.
            var silent = _time.GetElapsedTime(_lastMessageAt);
            var owesAnswer = _hasVoice && _lastMessageAt < _flushes.OldestSentAt;
            if ((_hasOpenWords || owesAnswer) && silent >= _options.Resilience.IdleTimeout)
            {
                Fail(_options.Resilience.IdleTimeout);
                return true;
            }

            if (owesAnswer || (_hasOpenWords && _time.GetElapsedTime(_flushes.OldestSentAt) < _options.FlushTimeout + _options.Resilience.IdleTimeout))
            {
                var rest = _options.Resilience.IdleTimeout - silent;
                _patience.Change(rest < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : rest, Timeout.InfiniteTimeSpan);
                return false;
            }

            DeepgramLog.FlushUnanswered(_logger, _provider, _options.FlushTimeout.TotalSeconds, _socket.RequestId);
            _flushes.GiveUp();
            _hasOpenWords = _hasVoice = false;
            WriteFlushed();
            Arm();
            return false;
        }
    }

    /// <summary>Sets the timer for the oldest flush that waits.</summary>
    private void Arm()
    {
        if (Volatile.Read(ref _isDisposed) != 0)
            return;
        var due = Timeout.InfiniteTimeSpan;
        if (_flushes.IsWaiting)
        {
            due = _options.FlushTimeout - _time.GetElapsedTime(_flushes.OldestSentAt);
            due = due < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : due;
        }

        _patience.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void CheckHealth()
    {
        lock (_gate)
        {
            // Audio of a gap comes faster than it is spoken, so both the audio and the time have to have passed.
            if (TimeOf(Interlocked.Read(ref _sent) - _sentAtLastMessage) > _options.SilenceTimeout && _time.GetElapsedTime(_lastMessageAt) > _options.SilenceTimeout)
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
