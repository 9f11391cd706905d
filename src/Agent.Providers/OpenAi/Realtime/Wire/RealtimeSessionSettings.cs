using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>The settings of a speech-to-speech session; what is left out stays as it is. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>RealtimeSessionCreateRequest</c>).</summary>
internal sealed record RealtimeSessionSettings
{
    [JsonPropertyName("type")]
    public string Type { get; } = "realtime";

    /// <summary><c>audio</c> or <c>text</c>.</summary>
    [JsonPropertyName("output_modalities")]
    public IReadOnlyList<string>? OutputModalities { get; init; }

    [JsonPropertyName("instructions")]
    public string? Instructions { get; init; }

    [JsonPropertyName("audio")]
    public RealtimeSessionAudio? Audio { get; init; }

    [JsonPropertyName("tools")]
    public IReadOnlyList<RealtimeFunctionTool>? Tools { get; init; }
}
