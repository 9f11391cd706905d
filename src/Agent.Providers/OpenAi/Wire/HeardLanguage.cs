using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Wire;

/// <summary>
/// A language detected in the audio. Source: https://developers.openai.com/api/reference/resources/audio/subresources/transcriptions/methods/create
/// (openai 7.57.0, <c>TranscriptionLanguage</c>).
/// </summary>
internal sealed record HeardLanguage([property: JsonPropertyName("code")] string Code);
