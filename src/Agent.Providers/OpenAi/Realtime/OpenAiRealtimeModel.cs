using Agent.Pipeline.Realtime;
using Agent.Providers.Connections;
using Agent.Providers.OpenAi.Speech;
using Agent.Providers.Resilience;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.OpenAi.Realtime;

/// <summary>One of OpenAI's speech-to-speech models, over the Realtime API's WebSocket.</summary>
internal sealed class OpenAiRealtimeModel : IRealtimeModel
{
    internal const int SampleRateHz = 24_000;

    private readonly OpenAiEndpoint _endpoint;
    private readonly OpenAiRealtimeOptions _options;
    private readonly VendorCall _call;
    private readonly ILogger _logger;
    private readonly string _model;
    private readonly string _voice;

    /// <param name="name">The name as configured.</param>
    /// <param name="model">The model as the vendor calls it.</param>
    /// <param name="voice">The voice; null is that of the options.</param>
    /// <param name="endpoint">Where the vendor is.</param>
    /// <param name="options">The settings.</param>
    /// <param name="resilience">Time-outs and repetitions.</param>
    /// <param name="logger">Where the log goes.</param>
    public OpenAiRealtimeModel(
        string name, string model, string? voice, OpenAiEndpoint endpoint, OpenAiRealtimeOptions options, ResilienceOptions resilience, ILogger logger)
    {
        Name = name;
        _model = model;
        _voice = voice ?? options.Voice;
        _endpoint = endpoint;
        _options = options;
        _call = new VendorCall(name, resilience, endpoint.Time);
        _logger = logger;
    }

    public string Name { get; }

    public RealtimeCapabilities Capabilities { get; } = new(SampleRateHz, SampleRateHz, EndsTurns: true, Transcribes: true, SpeaksGivenText: true);

    public async ValueTask<IRealtimeConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var request = _endpoint.Socket(Name, "realtime", $"model={Uri.EscapeDataString(_model)}");
        var socket = await _call.ExecuteAsync(VendorStage.Connect, token => new ValueTask<VendorSocket>(VendorSocket.ConnectAsync(request, token)), cancellationToken);
        return new OpenAiRealtimeConnection(socket, new OpenAiRealtimeSettings(Name, _voice, _options), _call, _endpoint.Time, _logger);
    }
}
