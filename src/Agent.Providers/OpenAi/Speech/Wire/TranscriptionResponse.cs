using System.Text.Json.Serialization;
using Agent.Providers.OpenAi.Wire;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>
/// The answer of <c>POST /audio/transcriptions</c> in the formats <c>json</c> and <c>verbose_json</c>.
/// Source: https://developers.openai.com/api/reference/resources/audio/subresources/transcriptions/methods/create (openai 7.57.0, <c>Transcription</c>, <c>TranscriptionVerbose</c>).
/// </summary>
internal sealed record TranscriptionResponse
{
    [JsonPropertyName("text")]
    public required string Text { get; init; }

    /// <summary>With <c>verbose_json</c>: the language heard, by its English name.</summary>
    [JsonPropertyName("language")]
    public string? Language { get; init; }

    /// <summary>The languages heard, by models that tell.</summary>
    [JsonPropertyName("languages")]
    public IReadOnlyList<HeardLanguage>? Languages { get; init; }

    /// <summary>With <c>verbose_json</c>: when each word was said.</summary>
    [JsonPropertyName("words")]
    public IReadOnlyList<TranscribedWord>? Words { get; init; }

    [JsonPropertyName("usage")]
    public TranscriptionUsage? Usage { get; init; }
}
