using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Synthesizers;

namespace Agent.Providers.Local.Flite;

/// <summary>One utterance: clauses in, sound out, each clause while the one before is being played.</summary>
internal sealed class FliteSynthesis : ISynthesis
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly FliteVoice _voice;
    private readonly FliteOptions _options;
    private readonly FliteThreads _threads;
    private readonly PendingText _texts;
    private readonly UnreadSound _sound;
    private readonly Task _loop;
    private int _isDisposed;

    public FliteSynthesis(FliteVoice voice, FliteOptions options, FliteThreads threads)
    {
        _voice = voice;
        _options = options;
        _threads = threads;
        _texts = new PendingText(_disposed.Token);
        _sound = new UnreadSound(FliteVoice.SampleRateHz, options.ReadAhead);
        _loop = Task.Run(SpeakAsync);
    }

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken) => _texts.WriteAsync(text, cancellationToken);

    public void Complete() => _texts.Complete();

    public IAsyncEnumerable<SynthesizedAudio> ReadAsync(CancellationToken cancellationToken) => _sound.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _disposed.CancelAsync();
        _texts.Complete();
        await _loop;
        _sound.Discard();
        _disposed.Dispose();
    }

    private async Task SpeakAsync()
    {
        Exception? failure = null;
        try
        {
            var clause = new FliteClause(_sound, _disposed.Token);
            await foreach (var text in _texts.Reader.ReadAllAsync(_disposed.Token))
            {
                foreach (var part in FliteText.Clauses(text))
                {
                    await _sound.WaitForRoomAsync(_disposed.Token);
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

        _texts.Complete(failure);
        _sound.Complete(failure);
    }
}
