using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.OpenAi.Speech.Segments;
using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi.Speech.Files;

/// <summary>
/// One participant's speech, segment by segment. The next segment is asked for while the vendor still writes the text of the one before; results keep the
/// order of the speech.
/// </summary>
internal sealed class FileTranscriptionStream : ISpeechToTextStream, ISegmentSink
{
    /// <summary>Segments that are asked for at the same time.</summary>
    private const int RequestsAtOnce = 3;

    private readonly Channel<Transcript> _results = Channel.CreateUnbounded<Transcript>();
    private readonly Channel<FileSegment> _segments = Channel.CreateUnbounded<FileSegment>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _disposed = new();
    private readonly CancellationTokenSource _stop;
    private readonly SemaphoreSlim _slots = new(RequestsAtOnce);
    private readonly short[] _read = new short[FileTranscription.SampleRateHz / 10];
    private readonly FileTranscription _provider;
    private readonly SpeechFeed _feed;
    private readonly SegmentCutter _cutter;
    private readonly SegmentReader _reader;
    private readonly Task _loop;
    private readonly List<Task> _working = [];
    private SegmentSound? _sound;
    private Task _warming = Task.CompletedTask;
    private long _sentSamples;
    private long _reportedDropped;
    private int _isDisposed;

    public FileTranscriptionStream(FileTranscription provider)
    {
        _provider = provider;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        _feed = new SpeechFeed((int)(provider.Options.Backlog.TotalSeconds * FileTranscription.SampleRateHz));
        _cutter = new SegmentCutter(FileTranscription.SampleRateHz, new SegmentLimits(provider.Options.LongestSegment), this);
        _reader = new SegmentReader(provider);
        _loop = RunAsync();
    }

    public SpeechUsage Usage => _reader.Tokens + new SpeechUsage(TimeSpan.FromTicks(Interlocked.Read(ref _sentSamples) * TimeSpan.TicksPerSecond / FileTranscription.SampleRateHz));

    public void Push(ReadOnlySpan<short> samples) => _feed.Push(samples);

    public void SpeechBegins() => _feed.Tell(FeedItem.SpeechBegins);

    public void Flush() => _feed.Tell(FeedItem.Flush);

    public IAsyncEnumerable<Transcript> ReadAsync(CancellationToken cancellationToken) => _results.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _disposed.CancelAsync();
        await _loop;
        _stop.Dispose();
        _slots.Dispose();
        _disposed.Dispose();
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

    private async Task RunAsync()
    {
        Exception? failure = null;
        var cutting = CutAsync();
        try
        {
            await foreach (var segment in _segments.Reader.ReadAllAsync(_stop.Token))
            {
                await foreach (var result in segment.Results.Reader.ReadAllAsync(_stop.Token))
                    _results.Writer.TryWrite(result);
                await segment.Work;
            }

            await cutting;
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // Disposed: nobody reads on.
        }
        catch (Exception e)
        {
            failure = e as ProviderException ?? VendorErrors.Garbled(_provider.Name, "what its client did not expect", innerException: e);
        }

        await _stop.CancelAsync();
        await cutting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _warming;
        await Task.WhenAll(_working);

        _results.Writer.TryComplete(failure);
    }

    private async Task CutAsync()
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                FeedItem item;
                while ((item = _feed.Read(_read, out var count, out var position)) != FeedItem.Nothing)
                {
                    if (item == FeedItem.Samples)
                        _cutter.Push(_read.AsSpan(0, count), position);
                    else if (item == FeedItem.SpeechBegins)
                        _cutter.SpeechBegins();
                    else
                        _cutter.Flush();
                }

                ReportDropped();
                await _feed.WaitAsync(_stop.Token);
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

    private void ReportDropped()
    {
        var dropped = _feed.Dropped;
        if (dropped < _reportedDropped + FileTranscription.SampleRateHz)
            return;
        _reportedDropped = dropped;
        OpenAiSpeechLog.SamplesDropped(_provider.Logger, _provider.Name, dropped);
    }
}
