using System.Text.Json.Serialization;

namespace Agent.Providers.ElevenLabs.Wire;

/// <summary>How a voice speaks. Source: as for <see cref="ContextMessage"/>, schema RealtimeVoiceSettings.</summary>
internal sealed record VoiceSettings
{
    /// <summary>0 to 1.</summary>
    [JsonPropertyName("stability")]
    public double? Stability { get; init; }

    /// <summary>0 to 1.</summary>
    [JsonPropertyName("similarity_boost")]
    public double? SimilarityBoost { get; init; }

    /// <summary>0 to 1.</summary>
    [JsonPropertyName("style")]
    public double? Style { get; init; }

    /// <summary>Whether the voice is made more like the original speaker's.</summary>
    [JsonPropertyName("use_speaker_boost")]
    public bool? UseSpeakerBoost { get; init; }

    /// <summary>0.7 to 1.2.</summary>
    [JsonPropertyName("speed")]
    public double? Speed { get; init; }
}
