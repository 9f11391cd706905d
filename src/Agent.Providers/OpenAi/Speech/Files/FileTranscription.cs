using Agent.Pipeline.Speech;
using Agent.Providers.OpenAi.Speech.Http;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.OpenAi.Speech.Files;

/// <summary>
/// OpenAI's recognisers of files, and those of servers that imitate its API: each segment of speech becomes <c>POST /audio/transcriptions</c>, 16 kHz.
/// Source: https://developers.openai.com/api/docs/guides/speech-to-text.
/// </summary>
internal sealed class FileTranscription : ISpeechToText, IWarmable
{
    public const int SampleRateHz = 16_000;

    public FileTranscription(TranscriptionModel model, OpenAiEndpoint endpoint, OpenAiTranscriptionOptions options, ILogger logger)
    {
        Model = model;
        Options = options;
        Logger = logger;
        Time = endpoint.Time;
        Http = new OpenAiHttp(endpoint, model.Name, model.Id);
        Requests = new TranscriptionRequests(model, endpoint, options);
        Capabilities = new SpeechToTextCapabilities(SampleRateHz, InterimResults: Requests.IsStreaming, EndOfTurn: false, WordTimings: Requests.HasWordTimings)
        {
            NeedsWholeSegments = true,
        };
    }

    public string Name => Model.Name;

    public SpeechToTextCapabilities Capabilities { get; }

    internal TranscriptionModel Model { get; }

    internal OpenAiTranscriptionOptions Options { get; }

    internal OpenAiHttp Http { get; }

    internal TranscriptionRequests Requests { get; }

    internal ILogger Logger { get; }

    internal TimeProvider Time { get; }

    public ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<ISpeechToTextStream>(new FileTranscriptionStream(this));
    }

    public Task WarmUpAsync(CancellationToken cancellationToken) => Http.WarmUpAsync(cancellationToken);
}
