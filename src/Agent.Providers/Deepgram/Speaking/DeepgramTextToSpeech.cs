using Agent.Pipeline.Speech;
using Agent.Providers.Resilience;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Deepgram.Speaking;

/// <summary>A voice of Deepgram's: one connection for each utterance that is being made, kept for the next.</summary>
internal sealed class DeepgramTextToSpeech : ITextToSpeech, IWarmable, IAsyncDisposable
{
    private readonly DeepgramOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly VendorCall _call;
    private readonly AuraConnections _connections;

    public DeepgramTextToSpeech(string provider, string model, DeepgramOptions options, TimeProvider time, ILogger<DeepgramTextToSpeech> logger)
    {
        Name = provider;
        _options = options;
        _time = time;
        _logger = logger;
        _call = new VendorCall(provider, options.Resilience, time);
        var query = new DeepgramQuery()
            .Add("model", model)
            .Add("encoding", "linear16")
            .Add("sample_rate", options.Aura.SampleRateHz)
            .Add("speed", options.Aura.Speed)
            .AddIf("mip_opt_out", options.OptOutOfModelImprovement);
        _connections = new AuraConnections(provider, query.ToString(), options, time);
        Capabilities = new TextToSpeechCapabilities(options.Aura.SampleRateHz, WordTimings: false);
    }

    public string Name { get; }

    public TextToSpeechCapabilities Capabilities { get; }

    internal int IdleConnections => _connections.Idle;

    public Task WarmUpAsync(CancellationToken cancellationToken) => _connections.WarmUpAsync(cancellationToken);

    public async ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = await _connections.TakeAsync(AuraScript.MaxCharacters / 2, cancellationToken);
        return new AuraSynthesis(Name, connection, _connections, _call, _options.Aura, _time, _logger);
    }

    public ValueTask DisposeAsync() => _connections.DisposeAsync();
}
