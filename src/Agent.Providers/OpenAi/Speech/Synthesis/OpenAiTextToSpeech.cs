using Agent.Pipeline.Speech;
using Agent.Providers.Catalog;
using Agent.Providers.OpenAi.Speech.Http;

namespace Agent.Providers.OpenAi.Speech.Synthesis;

/// <summary>
/// OpenAI's synthesizers: <c>POST /audio/speech</c>, one request for each piece of text, 24 kHz.
/// Source: https://developers.openai.com/api/docs/guides/text-to-speech.
/// </summary>
internal sealed class OpenAiTextToSpeech : ITextToSpeech, IWarmable
{
    public const int SampleRateHz = 24_000;

    private readonly OpenAiHttp _http;
    private readonly SpeechRequests _requests;
    private readonly OpenAiSpeechOptions _options;

    public OpenAiTextToSpeech(ProviderName name, OpenAiEndpoint endpoint, OpenAiSpeechOptions options)
    {
        Name = name.ToString();
        _options = options;
        _http = new OpenAiHttp(endpoint, Name, name.Model);
        _requests = new SpeechRequests(name, endpoint, options);
    }

    public string Name { get; }

    public TextToSpeechCapabilities Capabilities { get; } = new(SampleRateHz, WordTimings: false);

    public ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<ISynthesis>(new OpenAiSynthesis(_http, _requests, _options.ReadAhead));
    }

    public Task WarmUpAsync(CancellationToken cancellationToken) => _http.WarmUpAsync(cancellationToken);
}
