using System.Text.Json.Serialization;
using Agent.Providers.OpenAi.Wire;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>
/// <c>transcript.text.delta</c> and <c>transcript.text.done</c>, the events of <c>POST /audio/transcriptions</c> with <c>stream=true</c>.
/// Source: https://developers.openai.com/api/reference/resources/audio/subresources/transcriptions/methods/create (openai 7.57.0, <c>TranscriptionTextDeltaEvent</c>, <c>TranscriptionTextDoneEvent</c>).
/// </summary>
internal sealed record TranscriptionStreamEvent
{
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("delta")]
    public string? Delta { get; init; }

    [JsonPropertyName("text")]
    public string? Text { get; init; }

    [JsonPropertyName("languages")]
    public IReadOnlyList<HeardLanguage>? Languages { get; init; }

    [JsonPropertyName("usage")]
    public TranscriptionUsage? Usage { get; init; }

    /// <summary>In the event <c>error</c>, which ends a stream that cannot go on.</summary>
    [JsonPropertyName("error")]
    public ApiErrorDetails? Error { get; init; }
}
