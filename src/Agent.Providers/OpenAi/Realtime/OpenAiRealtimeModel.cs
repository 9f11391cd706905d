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
        var settings = new OpenAiRealtimeSettings(Name, _voice, _options);

        // The session tries again by itself, and tells whoever waits: a second hang would be waited for in silence.
        return await _call.ExecuteWithinAsync(
            VendorStage.Connect,
            TimeSpan.Zero,
            async token => new OpenAiRealtimeConnection(await ConnectAsync(request, token), settings, _call, _endpoint.Time, _logger),
            cancellationToken);
    }

    /// <summary>Connects and waits for the vendor's first word, so that one which only answers the telephone is found out before anybody speaks.</summary>
    private async ValueTask<VendorSocket> ConnectAsync(VendorSocketRequest request, CancellationToken cancellationToken)
    {
        var socket = await VendorSocket.ConnectAsync(request, cancellationToken);
        try
        {
            var message = await socket.ReceiveAsync(cancellationToken);
            ServerEvents.CheckFirst(Name, message, socket.RequestId);
            return socket;
        }
        catch
        {
            await socket.DisposeAsync();
            throw;
        }
    }
}
