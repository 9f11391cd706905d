using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>How the user is heard. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>RealtimeAudioConfigInput</c>).</summary>
internal sealed record RealtimeAudioInput
{
    [JsonPropertyName("format")]
    public RealtimeAudioFormat Format { get; } = new();

    [JsonPropertyName("noise_reduction")]
    public RealtimeNoiseReduction? NoiseReduction { get; init; }

    [JsonPropertyName("transcription")]
    public RealtimeInputTranscription? Transcription { get; init; }

    /// <summary>Null, which has to be sent, leaves the ends of turns to the client.</summary>
    [JsonPropertyName("turn_detection")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public RealtimeTurnDetection? TurnDetection { get; init; }
}
