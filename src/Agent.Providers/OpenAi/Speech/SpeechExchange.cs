using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.OpenAi.Speech;

/// <summary>
/// What goes into a recogniser's stream and what comes out of it, around the one piece of work between: speech in pieces of 10 ms, results in order, the error or the
/// end behind the last. Disposing it ends the work, and reading without an error.
/// </summary>
internal sealed class SpeechExchange : IAsyncDisposable
{
    private const int PiecesPerSecond = 100;

    /// <summary>Interim results that may lie unread; more are left out, because each replaces the one before.</summary>
    private const int UnreadInterims = 16;

    private readonly Channel<Transcript> _results = Channel.CreateUnbounded<Transcript>();
    private readonly CancellationTokenSource _disposed = new();
    private readonly string _provider;
    private readonly int _sampleRateHz;
    private readonly ILogger _logger;
    private readonly AudioOutbox _pushed;
    private readonly short[] _piece;
    private Task _working = Task.CompletedTask;
    private long _reportedDropped;
    private int _isDisposed;

    /// <param name="provider">The provider's name as configured.</param>
    /// <param name="sampleRateHz">Samples per second.</param>
    /// <param name="backlog">How much speech may wait; then the oldest is dropped.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it is told that speech was dropped.</param>
    public SpeechExchange(string provider, int sampleRateHz, TimeSpan backlog, TimeProvider time, ILogger logger)
    {
        _provider = provider;
        _sampleRateHz = sampleRateHz;
        _logger = logger;
        _piece = new short[sampleRateHz / PiecesPerSecond];
        _pushed = new AudioOutbox((int)(backlog.TotalSeconds * sampleRateHz), _piece.Length, time);
        Disposed = _disposed.Token;
    }

    /// <summary>Cancelled when nobody wants results any more.</summary>
    public CancellationToken Disposed { get; }

    public void Push(ReadOnlySpan<short> samples) => _pushed.Push(samples);

    public void SpeechBegins() => _pushed.SpeechBegins();

    public void Flush() => _pushed.Mark();

    public IAsyncEnumerable<Transcript> ReadAsync(CancellationToken cancellationToken) => _results.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Begins the work.</summary>
    public void Start(Func<Task> work) => _working = RunAsync(work);

    /// <summary>Waits for the next that was pushed or told. For the work.</summary>
    public async ValueTask<SpeechPiece> NextAsync(CancellationToken cancellationToken)
    {
        var (item, count) = await _pushed.ReadAsync(_piece, Timeout.InfiniteTimeSpan, cancellationToken);
        ReportDropped();
        return new SpeechPiece(item, _piece.AsMemory(0, count), _pushed.Position);
    }

    /// <summary>Gives a result to the reader. For the work.</summary>
    public void Write(Transcript transcript)
    {
        if (transcript.Kind != TranscriptKind.Interim || _results.Reader.Count < UnreadInterims)
            _results.Writer.TryWrite(transcript);
    }

    public async ValueTask DisposeAsync()
    {
        var isFirst = Interlocked.Exchange(ref _isDisposed, 1) == 0;
        if (isFirst)
            await _disposed.CancelAsync();
        await _working;
        if (isFirst)
            _disposed.Dispose();
    }

    private async Task RunAsync(Func<Task> work)
    {
        Exception? failure = null;
        try
        {
            await work();
        }
        catch (Exception) when (Disposed.IsCancellationRequested)
        {
            // Nobody reads on; and what is cut off in the middle of something may look like a lost connection.
        }
        catch (Exception e)
        {
            failure = e as ProviderException ?? VendorErrors.Garbled(_provider, "what its client did not expect", innerException: e);
        }

        _results.Writer.TryComplete(failure);
    }

    private void ReportDropped()
    {
        var dropped = _pushed.DroppedSamples;
        if (dropped < _reportedDropped + _sampleRateHz)
            return;
        _reportedDropped = dropped;
        OpenAiSpeechLog.SamplesDropped(_logger, _provider, dropped);
    }
}
