using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;

namespace Agent.Providers.Local.Flite;

/// <summary>One utterance: clauses in, sound out, each clause while the one before is being played.</summary>
internal sealed class FliteSynthesis : ISynthesis
{
    /// <summary>Pieces of text that may wait; a writer with more waits too.</summary>
    private const int PendingTexts = 64;

    private readonly Channel<string> _texts = Channel.CreateBounded<string>(new BoundedChannelOptions(PendingTexts) { SingleReader = true });
    private readonly Channel<SynthesizedAudio> _sound = Channel.CreateUnbounded<SynthesizedAudio>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly Channel<bool> _read = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _disposed = new();
    private readonly FliteVoice _voice;
    private readonly FliteOptions _options;
    private readonly FliteThreads _threads;
    private readonly long _readAheadSamples;
    private readonly Task _loop;
    private long _unreadSamples;
    private int _isDisposed;

    public FliteSynthesis(FliteVoice voice, FliteOptions options, FliteThreads threads)
    {
        _voice = voice;
        _options = options;
        _threads = threads;
        _readAheadSamples = (long)(options.ReadAhead.TotalSeconds * FliteVoice.SampleRateHz);
        _loop = Task.Run(SpeakAsync);
    }

    public async ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        try
        {
            await _texts.Writer.WriteAsync(text, either.Token);
        }
        catch (ChannelClosedException e) when (e.InnerException is ProviderException failed)
        {
            throw new ProviderException(failed.Provider, failed.Kind, failed.Message, failed.IsTransient, failed);
        }
    }

    public void Complete() => _texts.Writer.TryComplete();

    public async IAsyncEnumerable<SynthesizedAudio> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _sound.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_sound.Reader.TryRead(out var piece))
            {
                Interlocked.Add(ref _unreadSamples, -piece.Frame.Samples.Length);
                _read.Writer.TryWrite(item: true);
                yield return piece;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _disposed.CancelAsync();
        _texts.Writer.TryComplete();
        await _loop;
        while (_sound.Reader.TryRead(out var piece))
            piece.Frame.Dispose();
        _disposed.Dispose();
    }

    private async Task SpeakAsync()
    {
        Exception? failure = null;
        try
        {
            var clause = new FliteClause(_sound.Writer, CountUnread, _disposed.Token);
            await foreach (var text in _texts.Reader.ReadAllAsync(_disposed.Token))
            {
                foreach (var part in FliteText.Clauses(text))
                {
                    while (Interlocked.Read(ref _unreadSamples) > _readAheadSamples)
                        await _read.Reader.ReadAsync(_disposed.Token);
                    clause.Begin(part);
                    await _threads.RunAsync(() => FliteUtterance.Speak(_voice, part, _options.DurationStretch, clause));
                    clause.End();
                }
            }
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // Disposed before the end: nobody reads on.
        }
        catch (Exception e)
        {
            failure = e as ProviderException
                ?? new ProviderException($"{LocalVendor.Name}/flite:{_voice.Name}", ProviderErrorKind.Connection, "The local synthesizer has stopped.", innerException: e);
        }

        _texts.Writer.TryComplete(failure);
        _sound.Writer.TryComplete(failure);
    }

    private void CountUnread(int samples) => Interlocked.Add(ref _unreadSamples, samples);
}
