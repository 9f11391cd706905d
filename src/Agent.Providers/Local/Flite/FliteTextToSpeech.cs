using Agent.Pipeline.Speech;

namespace Agent.Providers.Local.Flite;

/// <summary>The flite synthesizer on this machine: no network, no key, 16 kHz.</summary>
internal sealed class FliteTextToSpeech : ITextToSpeech, IAsyncDisposable
{
    private readonly FliteVoice _voice;
    private readonly FliteOptions _options;
    private readonly FliteThreads _threads;

    /// <exception cref="Pipeline.Errors.ConfigurationException">A library is missing.</exception>
    public FliteTextToSpeech(string voice, FliteOptions options)
    {
        _voice = FliteVoice.Load(voice, options.LibraryDirectory);
        _options = options;
        _threads = new FliteThreads(options.Threads);
        Name = $"{LocalVendor.Name}/flite:{voice}";
    }

    public string Name { get; }

    public TextToSpeechCapabilities Capabilities { get; } = new(FliteVoice.SampleRateHz, WordTimings: true);

    public ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<ISynthesis>(new FliteSynthesis(_voice, _options, _threads));
    }

    public ValueTask DisposeAsync() => _threads.DisposeAsync();
}
