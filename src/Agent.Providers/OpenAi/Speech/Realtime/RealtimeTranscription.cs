using System.Text.Json;
using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Agent.Providers.OpenAi.Speech.Wire;
using Agent.Providers.Resilience;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.OpenAi.Speech.Realtime;

/// <summary>
/// OpenAI's recognisers over the Realtime API: <c>wss://…/v1/realtime?intent=transcription</c>, 16-bit mono at 24 kHz.
/// Source: https://developers.openai.com/api/docs/guides/realtime-transcription.
/// </summary>
internal sealed class RealtimeTranscription : ISpeechToText, IWarmable, IAsyncDisposable
{
    public const int SampleRateHz = 24_000;

    private readonly OpenAiEndpoint _endpoint;
    private readonly VendorCall _call;
    private readonly SocketPool _pool;
    private readonly VendorSocketRequest _request;
    private readonly byte[] _update;

    public RealtimeTranscription(TranscriptionModel model, OpenAiEndpoint endpoint, OpenAiTranscriptionOptions options, ILogger logger)
    {
        Model = model;
        Options = options;
        Logger = logger;
        _endpoint = endpoint;
        _call = new VendorCall(Name, endpoint.Resilience, endpoint.Time);
        _pool = new SocketPool(ConnectAndSetUpAsync, maxIdle: 8, endpoint.Resilience.MaxConnectionAge);
        _request = endpoint.Socket(Name, "realtime", "intent=transcription");
        _update = JsonSerializer.SerializeToUtf8Bytes(new TranscriptionSessionUpdate(model.Session(options)), OpenAiSpeechJson.Default.TranscriptionSessionUpdate);
        Capabilities = new SpeechToTextCapabilities(SampleRateHz, InterimResults: true, EndOfTurn: IsServerDetecting, WordTimings: false)
        {
            NeedsWholeSegments = !model.IsRealtimeOnly,
        };
    }

    public string Name => Model.Name;

    public SpeechToTextCapabilities Capabilities { get; }

    internal TranscriptionModel Model { get; }

    internal OpenAiTranscriptionOptions Options { get; }

    internal ILogger Logger { get; }

    internal TimeProvider Time => _endpoint.Time;

    internal VendorCall Call => _call;

    /// <summary>Whether the vendor finds the ends of speech.</summary>
    internal bool IsServerDetecting => Options.TurnDetection != OpenAiTurnDetection.None;

    public async ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new RealtimeTranscriptionStream(this, await TakeAsync(cancellationToken));
    }

    public Task WarmUpAsync(CancellationToken cancellationToken) => _pool.WarmUpAsync(cancellationToken);

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    /// <summary>A connection that has heard nothing: a warm one, or one whose session is being set up while speech already follows.</summary>
    internal async ValueTask<TranscriptionConnection> TakeAsync(CancellationToken cancellationToken) =>
        _pool.Idle > 0
            ? new TranscriptionConnection(await _pool.TakeAsync(cancellationToken), IsSetUp: true)
            : new TranscriptionConnection(await ConnectAsync(cancellationToken), IsSetUp: false);

    private async Task<VendorSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = await _call.ExecuteAsync(
            VendorStage.Connect, async token => await VendorSocket.ConnectAsync(_request, token), cancellationToken);
        try
        {
            await socket.SendTextAsync(_update, cancellationToken);
            return socket;
        }
        catch
        {
            await socket.DisposeAsync();
            throw;
        }
    }

    private async Task<VendorSocket> ConnectAndSetUpAsync(CancellationToken cancellationToken)
    {
        var socket = await ConnectAsync(cancellationToken);
        try
        {
            return await _call.WithinAsync(VendorStage.FirstByte, token => SetUpAsync(socket, token), cancellationToken);
        }
        catch
        {
            await socket.DisposeAsync();
            throw;
        }
    }

    private async ValueTask<VendorSocket> SetUpAsync(VendorSocket socket, CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await socket.ReceiveAsync(cancellationToken);
            if (message.Kind == VendorMessageKind.Closed)
                throw RealtimeErrors.Closed(Name, socket);
            switch (RealtimeErrors.TypeOf(Name, socket, message))
            {
                case "session.created":
                    socket.RequestId ??= RealtimeErrors.Read(Name, socket, message, OpenAiSpeechJson.Default.RealtimeSessionEvent).Session.Id;
                    break;
                case "session.updated":
                    return socket;
                case "error":
                    throw RealtimeErrors.Reported(Name, socket, RealtimeErrors.Read(Name, socket, message, OpenAiSpeechJson.Default.RealtimeErrorEvent).Error);
                default:
                    break;
            }
        }
    }
}
