using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Agent.Providers.ElevenLabs.Wire;
using Agent.Providers.Resilience;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.ElevenLabs;

/// <summary>ElevenLabs' synthesizer over connections that utterances share, with the time of each word.</summary>
internal sealed class ElevenLabsTextToSpeech : ITextToSpeech, IWarmable, IAsyncDisposable
{
    private readonly ElevenLabsConnections _connections;
    private readonly ElevenLabsOptions _options;
    private readonly VoiceSettings? _voiceSettings;
    private readonly VendorCall _call;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public ElevenLabsTextToSpeech(string name, string model, string voice, ElevenLabsOptions options, TimeProvider time, ILogger logger)
    {
        Name = name;
        _options = options;
        _time = time;
        _logger = logger;
        _call = new VendorCall(name, options.Resilience, time);
        _voiceSettings = Settings(options);
        Capabilities = new TextToSpeechCapabilities(options.SampleRateHz, WordTimings: true);
        var request = new VendorSocketRequest
        {
            Provider = name,
            Address = ElevenLabsAddress.Of(model, voice, options),
            Headers = [new("xi-api-key", options.ApiKey)],
            RequestIdHeader = "x-trace-id",
            Time = time,
        };
        _connections = new ElevenLabsConnections(
            name, async token => new ElevenLabsConnection(name, await VendorSocket.ConnectAsync(request, token), time), _call, options, logger);
    }

    public string Name { get; }

    public TextToSpeechCapabilities Capabilities { get; }

    public async ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _connections.WarmAsync(cancellationToken);
        return new ElevenLabsSynthesis(this, _call, _options, _time, _logger);
    }

    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _connections.WarmAsync(cancellationToken);
        }
        catch (Exception e) when (e is ProviderException or OperationCanceledException)
        {
            // The utterance that needs a connection opens it, and tells of what stands in the way.
        }
    }

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    /// <summary>Opens an utterance at the service.</summary>
    internal async ValueTask<ElevenLabsContext> OpenAsync(IElevenLabsListener listener, CancellationToken cancellationToken)
    {
        var context = await _connections.OpenAsync(
            connection => new ElevenLabsContext(connection, Guid.NewGuid().ToString("N"), _options.SampleRateHz, listener, _call, _time), cancellationToken);
        try
        {
            await context.OpenAsync(_voiceSettings, cancellationToken);
            return context;
        }
        catch
        {
            await context.AbandonAsync(CancellationToken.None);
            throw;
        }
    }

    private static VoiceSettings? Settings(ElevenLabsOptions options)
    {
        var settings = new VoiceSettings
        {
            Stability = options.Stability,
            SimilarityBoost = options.SimilarityBoost,
            Style = options.Style,
            UseSpeakerBoost = options.UseSpeakerBoost,
            Speed = options.Speed,
        };
        return settings == new VoiceSettings() ? null : settings;
    }
}
