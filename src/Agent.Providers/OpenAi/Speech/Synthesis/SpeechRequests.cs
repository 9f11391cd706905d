using System.Net.Http.Headers;
using System.Text.Json;
using Agent.Providers.Catalog;
using Agent.Providers.OpenAi.Speech.Wire;

namespace Agent.Providers.OpenAi.Speech.Synthesis;

/// <summary>Writes requests for speech.</summary>
internal sealed class SpeechRequests
{
    /// <summary>The most characters that one request may have.</summary>
    public const int MostCharacters = 4_096;

    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    private readonly OpenAiEndpoint _endpoint;
    private readonly SpeechRequest _request;

    public SpeechRequests(ProviderName name, OpenAiEndpoint endpoint, OpenAiSpeechOptions options)
    {
        _endpoint = endpoint;
        var isFirstGeneration = name.Model.StartsWith("tts-1", StringComparison.Ordinal);
        _request = new SpeechRequest
        {
            Input = "",
            Model = name.Model,
            Voice = name.Variant ?? options.Voice,
            Instructions = string.IsNullOrWhiteSpace(options.Instructions) ? null : options.Instructions,
            Speed = options.Speed is 1 ? null : options.Speed,
            StreamFormat = options.CountTokens && !isFirstGeneration ? "sse" : null,
        };
    }

    /// <summary>The request that speaks a text.</summary>
    public HttpRequestMessage Make(string text)
    {
        var request = _endpoint.Request(HttpMethod.Post, "audio/speech");
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(_request with { Input = text }, OpenAiSpeechJson.Default.SpeechRequest))
        {
            Headers = { ContentType = s_json },
        };
        return request;
    }
}
