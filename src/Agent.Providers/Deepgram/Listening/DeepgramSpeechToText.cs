using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Agent.Providers.Resilience;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.Deepgram.Listening;

/// <summary>A recogniser of Deepgram's: one connection for each stream, the next one opened beforehand.</summary>
internal sealed class DeepgramSpeechToText : ISpeechToText, IWarmable, IAsyncDisposable
{
    private const int WarmConnections = 4;

    private readonly ListenModel _model;
    private readonly DeepgramOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly VendorCall _call;
    private readonly SocketPool _connections;

    public DeepgramSpeechToText(ListenModel model, DeepgramOptions options, TimeProvider time, ILogger<DeepgramSpeechToText> logger)
    {
        _model = model;
        _options = options;
        _time = time;
        _logger = logger;
        _call = new VendorCall(model.Provider, options.Resilience, time);
        _connections = new SocketPool(ConnectAsync, WarmConnections, TimeSpan.FromTicks(Math.Min(model.MaxUnusedAge.Ticks, options.Resilience.MaxConnectionAge.Ticks)));
        Capabilities = new SpeechToTextCapabilities(DeepgramVendor.ListenSampleRateHz, InterimResults: true, model.EndOfTurn, WordTimings: true);
    }

    public string Name => _model.Provider;

    public SpeechToTextCapabilities Capabilities { get; }

    public Task WarmUpAsync(CancellationToken cancellationToken) => _connections.WarmUpAsync(cancellationToken);

    public async ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var socket = await _connections.TakeAsync(cancellationToken);
        return new ListenStream(Name, socket, _model.CreateProtocol(), _model.ChunkSamples, _options, _time, _logger);
    }

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private async Task<VendorSocket> ConnectAsync(CancellationToken cancellationToken) =>
        await _call.ExecuteAsync(VendorStage.Connect, token => new ValueTask<VendorSocket>(_model.ConnectAsync(_options, _time, token)), cancellationToken);
}
