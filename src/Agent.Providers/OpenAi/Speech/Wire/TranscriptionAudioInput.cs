using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>How audio comes and what becomes of it. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>RealtimeTranscriptionSessionAudioInput</c>).</summary>
internal sealed record TranscriptionAudioInput
{
    /// <summary>What the audio is.</summary>
    [JsonPropertyName("format")]
    public required AudioFormat Format { get; init; }

    /// <summary>How it is transcribed.</summary>
    [JsonPropertyName("transcription")]
    public required TranscriptionSettings Transcription { get; init; }

    /// <summary>Whether the server finds the ends of speech; null, which has to be said, leaves it to us.</summary>
    [JsonPropertyName("turn_detection")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public TurnDetectionSettings? TurnDetection { get; init; }

    /// <summary>What is taken out of the audio first; null for nothing.</summary>
    [JsonPropertyName("noise_reduction")]
    public NoiseReductionSettings? NoiseReduction { get; init; }
}
