using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>
/// <c>speech.audio.delta</c> and <c>speech.audio.done</c>, the events of <c>POST /audio/speech</c> with <c>stream_format=sse</c>.
/// Source: https://developers.openai.com/api/reference/resources/audio/subresources/speech/methods/create (OpenAI's OpenAPI document 2.3.0, <c>SpeechAudioDeltaEvent</c>, <c>SpeechAudioDoneEvent</c>).
/// </summary>
internal sealed record SpeechStreamEvent
{
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>Sound, in base64.</summary>
    [JsonPropertyName("audio")]
    public byte[]? Audio { get; init; }

    [JsonPropertyName("usage")]
    public SpeechTokens? Usage { get; init; }

    /// <summary>In the event <c>error</c>, which ends a stream that cannot go on.</summary>
    [JsonPropertyName("error")]
    public ApiErrorDetails? Error { get; init; }
}
