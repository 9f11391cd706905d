using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>The pocketsphinx recogniser on this machine: no network, no key, 16 kHz.</summary>
internal sealed class PocketsphinxSpeechToText : ISpeechToText, IAsyncDisposable
{
    public const string ProviderName = "local/pocketsphinx";

    private readonly PocketsphinxOptions _options;
    private readonly ILogger _logger;
    private readonly DecoderPool _pool;
    private int _streams;

    /// <exception cref="ConfigurationException">A library or a model is missing.</exception>
    public PocketsphinxSpeechToText(PocketsphinxOptions options, ILogger<PocketsphinxSpeechToText> logger)
    {
        PocketsphinxModel.Require(options);
        PocketsphinxNativeLog.Attach(logger);
        _options = options;
        _logger = logger;
        _pool = new DecoderPool(Load, options.Decoders);
        Loaded = _pool.WarmAsync(1);
    }

    public string Name => ProviderName;

    public SpeechToTextCapabilities Capabilities { get; } = new(Decoder.SampleRateHz, InterimResults: true, EndOfTurn: false, WordTimings: true);

    /// <summary>Ends when the first decoder is ready.</summary>
    public Task Loaded { get; }

    /// <summary>Loads decoders ahead of need; ends when they are ready.</summary>
    public Task WarmAsync(int decoders) => _pool.WarmAsync(decoders);

    public async ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Loaded.WaitAsync(cancellationToken);

        // The next stream finds its decoder loaded already.
        _ = _pool.WarmAsync(Interlocked.Increment(ref _streams) + 1);
        return new PocketsphinxStream(_pool, _options, _logger, () => Interlocked.Decrement(ref _streams));
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private Decoder Load()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var decoder = Decoder.Load(_options);
        PocketsphinxLog.DecoderLoaded(_logger, clock.Elapsed.TotalMilliseconds);
        return decoder;
    }
}
