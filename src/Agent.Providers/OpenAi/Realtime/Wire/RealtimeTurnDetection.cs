using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>
/// How the vendor finds the end of a turn. It neither answers nor interrupts by itself. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0,
/// <c>RealtimeAudioInputTurnDetection.ServerVad</c>, <c>.SemanticVad</c>).
/// </summary>
internal sealed record RealtimeTurnDetection([property: JsonPropertyName("type")] string Type)
{
    [JsonPropertyName("create_response")]
    public bool CreateResponse { get; }

    [JsonPropertyName("interrupt_response")]
    public bool InterruptResponse { get; }

    /// <summary>With <c>semantic_vad</c>: <c>low</c>, <c>medium</c>, <c>high</c> or <c>auto</c>.</summary>
    [JsonPropertyName("eagerness")]
    public string? Eagerness { get; init; }

    /// <summary>With <c>server_vad</c>: the silence that ends a turn.</summary>
    [JsonPropertyName("silence_duration_ms")]
    public int? SilenceDurationMs { get; init; }
}
