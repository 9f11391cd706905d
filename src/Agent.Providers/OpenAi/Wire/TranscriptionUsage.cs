using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Wire;

/// <summary>
/// What a transcription has cost: tokens (<c>type</c> is <c>tokens</c>) or the audio's duration (<c>duration</c>).
/// Source: https://developers.openai.com/api/reference/resources/audio/subresources/transcriptions/methods/create
/// (openai 7.57.0, <c>Transcription.Tokens</c>, <c>Transcription.Duration</c>).
/// </summary>
internal sealed record TranscriptionUsage
{
    /// <summary><c>tokens</c> or <c>duration</c>.</summary>
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>Tokens taken in.</summary>
    [JsonPropertyName("input_tokens")]
    public long? InputTokens { get; init; }

    /// <summary>Tokens given out.</summary>
    [JsonPropertyName("output_tokens")]
    public long? OutputTokens { get; init; }

    /// <summary>Audio taken in, in seconds.</summary>
    [JsonPropertyName("seconds")]
    public double? Seconds { get; init; }
}
