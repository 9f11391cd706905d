using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.AssemblyAi.Wire;
using Agent.Providers.Connections;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Agent.Providers.AssemblyAi;

/// <summary>One participant's speech, over one session after the other.</summary>
internal sealed class AssemblyAiStream : ISpeechToTextStream
{
    /// <summary>The shortest audio message that the service takes, 50 ms.</summary>
    private const int MinSamples = AssemblyAiSpeechToText.SampleRateHz / 20;

    private const int BacklogSamples = 10 * AssemblyAiSpeechToText.SampleRateHz;

    private static readonly TimeSpan s_explanation = TimeSpan.FromMilliseconds(250);

    private readonly string _provider;
    private readonly IOptionsMonitor<AssemblyAiOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AudioOutbox _outbox;
    private readonly TurnResults _results;
    private readonly SessionRelay _relay;
    private readonly Channel<UpdateConfigurationMessage> _updates = Channel.CreateBounded<UpdateConfigurationMessage>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly CancellationTokenSource _disposed = new();
    private readonly IDisposable? _reload;
    private readonly Task _loop;
    private long _sentSamples;
    private int _isDisposed;

    public AssemblyAiStream(
        string provider,
        AssemblyAiSession session,
        Func<CancellationToken, Task<AssemblyAiSession>> begin,
        IOptionsMonitor<AssemblyAiOptions> options,
        TimeProvider time,
        ILogger logger)
    {
        _provider = provider;
        _options = options;
        _time = time;
        _logger = logger;
        var current = options.CurrentValue;
        _outbox = new AudioOutbox(BacklogSamples, (int)(current.Chunk.TotalSeconds * AssemblyAiSpeechToText.SampleRateHz), time);
        _results = new TurnResults(provider, session, current, time) { Doubted = _outbox.Nudge };
        _relay = new SessionRelay(provider, session, begin, current, _results, time, logger);
        _reload = options.OnChange(Update);
        _loop = Task.Run(RunAsync);
    }

    public SpeechUsage Usage => new(TimeOf(Interlocked.Read(ref _sentSamples)));

    public void Push(ReadOnlySpan<short> samples) => _outbox.Push(samples);

    public void Flush() => _outbox.Mark();

    public void SpeechBegins() => _results.SpeechBegins(TimeOf(_outbox.PushedSamples));

    public IAsyncEnumerable<Transcript> ReadAsync(CancellationToken cancellationToken) => _results.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        _reload?.Dispose();
        _outbox.Complete();
        await _disposed.CancelAsync();
        await _loop;
        _disposed.Dispose();
    }

    private static TimeSpan TimeOf(long samples) => TimeSpan.FromTicks(samples * TimeSpan.TicksPerSecond / AssemblyAiSpeechToText.SampleRateHz);

    private async Task RunAsync()
    {
        Exception? failure = null;
        try
        {
            failure = await TalkAsync();
        }
        catch (Exception e)
        {
            failure = e as ProviderException ?? VendorErrors.Lost(_provider, _relay.Current.Id, e);
        }

        _outbox.Complete();
        await _results.CompleteAsync(_disposed.IsCancellationRequested ? null : failure);
        await _relay.DisposeAsync();
    }

    /// <summary>Sends and receives until one of both fails; the receiver's reason is the better one.</summary>
    private async Task<Exception?> TalkAsync()
    {
        using var explained = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(explained.Token);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token, stop.Token);
        var sending = SendAsync(leave.Token);
        var receiving = _relay.ReceiveAsync(stop.Token);
        var overdue = _results.Overdue;
        var first = await Task.WhenAny(sending, receiving, overdue);
        if (_disposed.IsCancellationRequested)
            await _relay.Current.TerminateAsync();
        if (first == sending && sending.IsFaulted)
            explained.CancelAfter(s_explanation);
        else
            await stop.CancelAsync();
        try
        {
            await Task.WhenAll(sending, receiving);
        }
        catch (Exception) when (receiving.IsFaulted || sending.IsFaulted || stop.IsCancellationRequested)
        {
            // Each task's own reason is looked at below.
        }

        return overdue.IsCompleted ? await overdue : receiving.Exception?.InnerException ?? sending.Exception?.InnerException;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var buffer = new short[Math.Max(MinSamples, (int)(_options.CurrentValue.Chunk.TotalSeconds * AssemblyAiSpeechToText.SampleRateHz))];
        var bytes = new byte[2 * buffer.Length];
        var backlog = new Backlog(_time);
        var position = 0L;
        var dropped = 0L;
        var isFlushed = true;
        while (true)
        {
            var (item, samples) = await _outbox.ReadAsync(buffer, Timeout.InfiniteTimeSpan, cancellationToken);
            await _relay.RenewAsync(cancellationToken);
            var session = _relay.Current;
            while (_updates.Reader.TryRead(out var update))
                await session.SendAsync(JsonSerializer.SerializeToUtf8Bytes(update, AssemblyAiJson.Default.UpdateConfigurationMessage), cancellationToken);
            switch (item)
            {
                case OutboxItem.Audio:
                    position += CountDropped(ref dropped);
                    var sent = Math.Max(samples, MinSamples);
                    buffer.AsSpan(samples, sent - samples).Clear();
                    MemoryMarshal.AsBytes(buffer.AsSpan(0, sent)).CopyTo(bytes);
                    session.Clock.Sent(position, samples, sent - samples);
                    position += samples;
                    await session.SendAudioAsync(bytes.AsMemory(0, 2 * sent), cancellationToken);
                    Interlocked.Add(ref _sentSamples, sent);
                    backlog.Add(TimeOf(sent));
                    isFlushed = false;
                    break;
                case OutboxItem.Mark when isFlushed && _results.IsQuiet:
                    _results.AnswerFlush();
                    break;
                case OutboxItem.Mark:
                    isFlushed = true;
                    _results.ExpectFlush(TimeOf(position), backlog.Now);
                    await session.SendAsync(ClientMessages.ForceEndpoint, cancellationToken);
                    break;
                case OutboxItem.Idle when _results.IsDoubted:
                    await _relay.ProveAsync(cancellationToken);
                    break;
                case OutboxItem.Completed:
                    return;
            }
        }
    }

    private long CountDropped(ref long known)
    {
        var now = _outbox.DroppedSamples;
        var more = now - known;
        if (now / AssemblyAiSpeechToText.SampleRateHz != known / AssemblyAiSpeechToText.SampleRateHz)
            AssemblyAiLog.SamplesDropped(_logger, _provider, now, _relay.Current.Id);
        known = now;
        return more;
    }

    private void Update(AssemblyAiOptions options)
    {
        _updates.Writer.TryWrite(new UpdateConfigurationMessage
        {
            EndOfTurnConfidenceThreshold = options.EndOfTurnConfidenceThreshold,
            MinTurnSilence = AssemblyAiAddress.Milliseconds(options.MinTurnSilence),
            MaxTurnSilence = AssemblyAiAddress.Milliseconds(options.MaxTurnSilence),
            KeytermsPrompt = options.KeytermsPrompt.Count > 0 ? options.KeytermsPrompt : null,
        });
    }
}
