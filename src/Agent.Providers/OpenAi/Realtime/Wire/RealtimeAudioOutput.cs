using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>How the model speaks. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>RealtimeAudioConfigOutput</c>).</summary>
internal sealed record RealtimeAudioOutput([property: JsonPropertyName("voice")] string Voice)
{
    [JsonPropertyName("format")]
    public RealtimeAudioFormat Format { get; } = new();

    /// <summary>0.25 to 1.5.</summary>
    [JsonPropertyName("speed")]
    public double? Speed { get; init; }
}
