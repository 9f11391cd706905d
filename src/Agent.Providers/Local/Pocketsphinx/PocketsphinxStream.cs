using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>One participant's speech. Decoding happens on a thread of its own, so that no session's loop is held up.</summary>
internal sealed class PocketsphinxStream : ISpeechToTextStream
{
    /// <summary>Interim results that may lie unread; more are left out, because each replaces the one before.</summary>
    private const int UnreadInterims = 16;

    private readonly Channel<Transcript> _results = Channel.CreateUnbounded<Transcript>(new UnboundedChannelOptions { SingleWriter = true });
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _disposed = new();
    private readonly SampleQueue _queue;
    private readonly SegmentDecoder _segments;
    private readonly ILogger _logger;
    private readonly Action _onDisposed;
    private int _isDisposed;
    private long _reportedDropped;

    public PocketsphinxStream(DecoderPool pool, PocketsphinxOptions options, ILogger logger, Action onDisposed)
    {
        _logger = logger;
        _onDisposed = onDisposed;
        _queue = new SampleQueue((int)(options.Backlog.TotalSeconds * Decoder.SampleRateHz));
        _segments = new SegmentDecoder(pool, options, Write, _disposed.Token);
        new Thread(Run) { IsBackground = true, Name = "pocketsphinx" }.Start();
    }

    /// <summary>Samples dropped because decoding did not keep up.</summary>
    public long DroppedSamples => _queue.Dropped;

    /// <summary>Ends when everything pushed has been decoded.</summary>
    public Task CaughtUpAsync(CancellationToken cancellationToken) => _queue.EmptiedAsync().WaitAsync(cancellationToken);

    public void Push(ReadOnlySpan<short> samples) => _queue.Write(samples);

    public void Flush() => _queue.Flush();

    public IAsyncEnumerable<Transcript> ReadAsync(CancellationToken cancellationToken) => _results.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        _queue.Close();
        await _disposed.CancelAsync();
        await _ended.Task;
        _disposed.Dispose();
        _onDisposed();
    }

    private void Write(Transcript transcript)
    {
        if (transcript.Kind != TranscriptKind.Interim || _results.Reader.Count < UnreadInterims)
            _results.Writer.TryWrite(transcript);
    }

    private void Run()
    {
        Exception? failure = null;
        try
        {
            // 100 ms at a time: often enough for a prompt end, seldom enough to be cheap.
            Span<short> samples = stackalloc short[10 * Decoder.BlockSamples];
            while (true)
            {
                var what = _queue.Read(samples, out var count, out var position);
                if (what == OutboxItem.Completed)
                    break;
                if (what == OutboxItem.Mark)
                    _segments.Flush();
                else
                    _segments.Push(samples[..count], position);
                ReportDropped();
            }
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // Disposed while it waited for a decoder.
        }
        catch (Exception e)
        {
            PocketsphinxLog.StreamFailed(_logger, e);
            failure = e as ProviderException
                ?? new ProviderException(PocketsphinxSpeechToText.ProviderName, ProviderErrorKind.Connection, "The local recogniser has stopped.", innerException: e);
            _queue.Close();
        }

        _segments.Dispose();
        _results.Writer.TryComplete(failure);
        _ended.SetResult();
    }

    private void ReportDropped()
    {
        var dropped = _queue.Dropped;
        if (dropped < _reportedDropped + Decoder.SampleRateHz)
            return;
        _reportedDropped = dropped;
        PocketsphinxLog.SamplesDropped(_logger, dropped);
    }
}
