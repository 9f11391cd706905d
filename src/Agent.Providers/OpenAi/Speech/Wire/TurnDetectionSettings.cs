using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>
/// How the server finds the ends of speech: <c>server_vad</c> or <c>semantic_vad</c>.
/// Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>RealtimeTranscriptionSessionAudioInputTurnDetection</c>).
/// </summary>
internal sealed record TurnDetectionSettings
{
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary>With <c>server_vad</c>: how loud speech is, 0 to 1.</summary>
    [JsonPropertyName("threshold")]
    public double? Threshold { get; init; }

    /// <summary>With <c>server_vad</c>: silence that ends speech.</summary>
    [JsonPropertyName("silence_duration_ms")]
    public int? SilenceDurationMs { get; init; }

    /// <summary>With <c>semantic_vad</c>: <c>low</c>, <c>medium</c>, <c>high</c> or <c>auto</c>.</summary>
    [JsonPropertyName("eagerness")]
    public string? Eagerness { get; init; }
}
