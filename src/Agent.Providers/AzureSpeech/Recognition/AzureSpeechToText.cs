using Agent.Pipeline.Speech;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.AzureSpeech.Recognition;

/// <summary>Azure's recogniser over its WebSocket protocol: interim results, word timings, detection of languages, 16 kHz.</summary>
internal sealed class AzureSpeechToText : ISpeechToText, IWarmable, IAsyncDisposable
{
    private readonly AzureSpeechConnections _connections;
    private readonly RecognitionSettings _settings;
    private readonly RecognitionResults _results;
    private readonly ILogger _logger;

    /// <param name="name">The name as configured.</param>
    /// <param name="model">A key of <see cref="RecognitionSettings.Modes"/>.</param>
    /// <param name="languages">A BCP 47 tag, or several joined by <c>+</c>.</param>
    /// <param name="options">Key, address and the rest.</param>
    /// <param name="logger">Where to tell.</param>
    /// <param name="time">The clock.</param>
    public AzureSpeechToText(string name, string model, string languages, AzureSpeechOptions options, ILogger<AzureSpeechToText> logger, TimeProvider time)
    {
        Name = name;
        _settings = RecognitionSettings.Create(model, languages, options);
        _results = new RecognitionResults(name, languages.Contains('+', StringComparison.Ordinal) ? null : languages);
        _logger = logger;
        _connections = new AzureSpeechConnections(name, AzureSpeechAddress.Recognition(options, _settings.Query), options, time);
    }

    public string Name { get; }

    public SpeechToTextCapabilities Capabilities { get; } = new(RecognitionSettings.SampleRateHz, InterimResults: true, EndOfTurn: false, WordTimings: true);

    public async ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await AzureRecognitionStream.OpenAsync(Name, _connections, _settings, _results, _logger, cancellationToken);
    }

    public Task WarmUpAsync(CancellationToken cancellationToken) => _connections.WarmUpAsync(cancellationToken);

    public ValueTask DisposeAsync() => _connections.DisposeAsync();
}
