using System.Text.Json.Serialization;

namespace Agent.Providers.AssemblyAi.Wire;

/// <summary>Changes settings of a running session; what is null stays as it is. Source: usm-streaming.yml 1.0.0 (2026-03), sendUpdateConfiguration, and npm assemblyai 4.41.5, type StreamingUpdateConfiguration.</summary>
internal sealed record UpdateConfigurationMessage
{
    /// <summary>The message's type.</summary>
    [JsonPropertyName("type")]
    public string Type { get; } = "UpdateConfiguration";

    /// <summary>How sure the service has to be of the end of a turn, 0 to 1.</summary>
    [JsonPropertyName("end_of_turn_confidence_threshold")]
    public double? EndOfTurnConfidenceThreshold { get; init; }

    /// <summary>Silence after which a turn ends whose end is sure, in milliseconds.</summary>
    [JsonPropertyName("min_turn_silence")]
    public int? MinTurnSilence { get; init; }

    /// <summary>Silence after which any turn ends, in milliseconds.</summary>
    [JsonPropertyName("max_turn_silence")]
    public int? MaxTurnSilence { get; init; }

    /// <summary>Words to expect.</summary>
    [JsonPropertyName("keyterms_prompt")]
    public IReadOnlyList<string>? KeytermsPrompt { get; init; }
}
