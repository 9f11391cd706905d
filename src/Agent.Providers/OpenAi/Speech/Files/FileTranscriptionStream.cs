using System.Threading.Channels;
using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Agent.Providers.OpenAi.Speech.Segments;

namespace Agent.Providers.OpenAi.Speech.Files;

/// <summary>
/// One participant's speech, segment by segment. The next segment is asked for while the vendor still writes the text of the one before; results keep the
/// order of the speech.
/// </summary>
internal sealed class FileTranscriptionStream : ISpeechToTextStream, ISegmentSink
{
    /// <summary>Segments that are asked for at the same time.</summary>
    private const int RequestsAtOnce = 3;

    private readonly Channel<FileSegment> _segments = Channel.CreateUnbounded<FileSegment>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop;
    private readonly SemaphoreSlim _slots = new(RequestsAtOnce);
    private readonly FileTranscription _provider;
    private readonly SpeechExchange _exchange;
    private readonly SegmentCutter _cutter;
    private readonly SegmentReader _reader;
    private readonly List<Task> _working = [];
    private SegmentSound? _sound;
    private Task _warming = Task.CompletedTask;
    private long _sentSamples;

    public FileTranscriptionStream(FileTranscription provider)
    {
        _provider = provider;
        _exchange = new SpeechExchange(provider.Name, FileTranscription.SampleRateHz, provider.Options.Backlog, provider.Time, provider.Logger);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_exchange.Disposed);
        _cutter = new SegmentCutter(FileTranscription.SampleRateHz, new SegmentLimits(provider.Options.LongestSegment), this);
        _reader = new SegmentReader(provider);
        _exchange.Start(WorkAsync);
    }

    public SpeechUsage Usage => _reader.Tokens + new SpeechUsage(TimeSpan.FromTicks(Interlocked.Read(ref _sentSamples) * TimeSpan.TicksPerSecond / FileTranscription.SampleRateHz));

    public void Push(ReadOnlySpan<short> samples) => _exchange.Push(samples);

    public void SpeechBegins() => _exchange.SpeechBegins();

    public void Flush() => _exchange.Flush();

    public IAsyncEnumerable<Transcript> ReadAsync(CancellationToken cancellationToken) => _exchange.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        _stop.Dispose();
        _slots.Dispose();
    }

    void ISegmentSink.OnBegin(long position)
    {
        _sound = new SegmentSound();

        // By the end of the segment the connection is there. Never fails, and is awaited at the end.
        if (_warming.IsCompleted)
            _warming = _provider.Http.WarmUpAsync(_stop.Token);
    }

    void ISegmentSink.OnSamples(ReadOnlySpan<short> samples) => _sound!.Add(samples);

    void ISegmentSink.OnEnd(SegmentSpan span)
    {
        var segment = FileSegment.Of(_sound!, span);
        _sound = null;
        Interlocked.Add(ref _sentSamples, segment.Sound!.Samples);
        segment.Work = AskAsync(segment);
        _working.RemoveAll(static work => work.IsCompleted);
        _working.Add(segment.Work);
        _segments.Writer.TryWrite(segment);
    }

    void ISegmentSink.OnDiscarded() => _sound = null;

    void ISegmentSink.OnFlush()
    {
        var flush = FileSegment.Flush();
        flush.Results.Writer.TryWrite(new Transcript { Kind = TranscriptKind.Flushed });
        flush.Results.Writer.TryComplete();
        _segments.Writer.TryWrite(flush);
    }

    private async Task WorkAsync()
    {
        var cutting = CutAsync();
        try
        {
            await foreach (var segment in _segments.Reader.ReadAllAsync(_stop.Token))
            {
                await foreach (var result in segment.Results.Reader.ReadAllAsync(_stop.Token))
                    _exchange.Write(result);
                await segment.Work;
            }

            await cutting;
        }
        finally
        {
            await _stop.CancelAsync();
            await cutting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _warming;
            await Task.WhenAll(_working);
        }
    }

    private async Task CutAsync()
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                var piece = await _exchange.NextAsync(_stop.Token);
                if (piece.Item == OutboxItem.Audio)
                    _cutter.Push(piece.Samples.Span, piece.Position);
                else if (piece.Item == OutboxItem.SpeechBegins)
                    _cutter.SpeechBegins();
                else
                    _cutter.Flush();
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failure = e;
        }
        finally
        {
            _segments.Writer.TryComplete(failure);
        }
    }

    private async Task AskAsync(FileSegment segment)
    {
        Exception? failure = null;
        try
        {
            await _slots.WaitAsync(_stop.Token);
            await _reader.ReadAsync(segment, _stop.Token);
            _slots.Release();
        }
        catch (Exception e)
        {
            failure = e;
        }

        segment.Results.Writer.TryComplete(failure);
    }
}
