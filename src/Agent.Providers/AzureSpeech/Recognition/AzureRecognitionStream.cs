using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.AzureSpeech.Recognition;

/// <summary>One participant's speech on its way to the service and back as text.</summary>
internal sealed class AzureRecognitionStream : ISpeechToTextStream
{
    /// <summary>Audio that may wait while a connection is made: 30 s.</summary>
    private const int WaitingSamples = 30 * RecognitionSettings.SampleRateHz;

    /// <summary>Audio in one message: 50 ms.</summary>
    private const int ChunkSamples = RecognitionSettings.SampleRateHz / 20;

    private readonly string _provider;
    private readonly Channel<Transcript> _results = Channel.CreateUnbounded<Transcript>();
    private readonly CancellationTokenSource _disposed = new();
    private readonly AudioOutbox _outbox;
    private readonly RecognitionLine _line;
    private readonly ILogger _logger;
    private readonly short[] _chunk = new short[ChunkSamples];
    private Task _running = Task.CompletedTask;
    private long _reportedDropped;
    private int _isDisposed;

    private AzureRecognitionStream(string provider, AzureSpeechConnections connections, RecognitionSettings settings, RecognitionResults results, ILogger logger)
    {
        _provider = provider;
        _logger = logger;
        _outbox = new AudioOutbox(WaitingSamples, ChunkSamples, connections.Time);
        _line = new RecognitionLine(provider, connections, settings, results, _results.Writer, logger);
    }

    public SpeechUsage Usage => new(TimeSpan.FromTicks(_line.SentSamples * TimeSpan.TicksPerSecond / RecognitionSettings.SampleRateHz));

    /// <exception cref="ProviderException">The service cannot be reached or refuses.</exception>
    public static async Task<AzureRecognitionStream> OpenAsync(
        string provider, AzureSpeechConnections connections, RecognitionSettings settings, RecognitionResults results, ILogger logger, CancellationToken cancellationToken)
    {
        var stream = new AzureRecognitionStream(provider, connections, settings, results, logger);
        await stream._line.OpenAsync(cancellationToken);
        stream._running = stream.RunAsync();
        return stream;
    }

    public void Push(ReadOnlySpan<short> samples) => _outbox.Push(samples);

    public void Flush() => _outbox.Mark();

    public IAsyncEnumerable<Transcript> ReadAsync(CancellationToken cancellationToken) => _results.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        _outbox.Complete();
        await _disposed.CancelAsync();
        await _running;
        _disposed.Dispose();
    }

    private async Task RunAsync()
    {
        // Off the caller's path.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Exception? failure = null;
        using (var ended = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token, _line.Failed))
        {
            try
            {
                while (await StepAsync(ended.Token))
                {
                }
            }
            catch (Exception e)
            {
                // What the service has said counts more than what came of it here; being disposed is no failure.
                failure = _disposed.IsCancellationRequested
                    ? null
                    : _line.Failure ?? e as ProviderException ?? new ProviderException(_provider, ProviderErrorKind.Protocol, $"{_provider} failed unexpectedly.", isTransient: true, e);
            }
        }

        _outbox.Complete();
        await _line.DisposeAsync();
        _results.Writer.TryComplete(failure);
    }

    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var (item, count) = await _outbox.ReadAsync(_chunk, Timeout.InfiniteTimeSpan, cancellationToken);
        switch (item)
        {
            case OutboxItem.Audio:
                await _line.SendAsync(_chunk.AsMemory(0, count), _outbox.DroppedSamples, cancellationToken);
                ReportDropped();
                return true;
            case OutboxItem.Mark:
                await _line.FinishAsync(cancellationToken);
                _results.Writer.TryWrite(new Transcript { Kind = TranscriptKind.Flushed, Start = _line.Position, End = _line.Position });
                return true;
            default:
                return item != OutboxItem.Completed;
        }
    }

    private void ReportDropped()
    {
        var dropped = _outbox.DroppedSamples;
        if (dropped < _reportedDropped + RecognitionSettings.SampleRateHz)
            return;
        _reportedDropped = dropped;
        AzureSpeechLog.SamplesDropped(_logger, _provider, dropped);
    }
}
