using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>The model and what it is told. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>AudioTranscription</c>).</summary>
internal sealed record TranscriptionSettings
{
    [JsonPropertyName("model")]
    public required string Model { get; init; }

    /// <summary>The language spoken, ISO 639-1.</summary>
    [JsonPropertyName("language")]
    public string? Language { get; init; }

    /// <summary>Languages that may be spoken, ISO 639-1; gpt-transcribe and gpt-live-transcribe only.</summary>
    [JsonPropertyName("languages")]
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Words to expect; gpt-transcribe and gpt-live-transcribe only.</summary>
    [JsonPropertyName("keywords")]
    public IReadOnlyList<string>? Keywords { get; init; }

    /// <summary>Text that guides the model; not for gpt-realtime-whisper.</summary>
    [JsonPropertyName("prompt")]
    public string? Prompt { get; init; }
}
