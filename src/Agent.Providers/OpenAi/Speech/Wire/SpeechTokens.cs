using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>What speech has cost. Source: https://developers.openai.com/api/reference/resources/audio/subresources/speech/methods/create (OpenAI's OpenAPI document 2.3.0, <c>SpeechAudioDoneEvent.usage</c>).</summary>
internal sealed record SpeechTokens(
    [property: JsonPropertyName("input_tokens")] long InputTokens,
    [property: JsonPropertyName("output_tokens")] long OutputTokens);
