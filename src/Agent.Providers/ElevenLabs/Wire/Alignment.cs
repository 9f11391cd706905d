using System.Text.Json.Serialization;

namespace Agent.Providers.ElevenLabs.Wire;

/// <summary>
/// When characters are spoken. Source: as for <see cref="SpeechMessage"/>, schema Alignment; <c>charsStartTimesMs</c> and <c>charsDurationsMs</c> are the names in older descriptions
/// (npm @livekit/agents-plugin-elevenlabs 1.9.0 reads both).
/// </summary>
internal sealed record Alignment
{
    /// <summary>The characters, white space and punctuation too.</summary>
    [JsonPropertyName("chars")]
    public IReadOnlyList<string> Chars { get; init; } = [];

    /// <summary>When each begins, in milliseconds.</summary>
    [JsonPropertyName("charStartTimesMs")]
    public IReadOnlyList<double>? CharStartTimesMs { get; init; }

    /// <summary>How long each lasts, in milliseconds.</summary>
    [JsonPropertyName("charDurationsMs")]
    public IReadOnlyList<double>? CharDurationsMs { get; init; }

    /// <summary>The older name of <see cref="CharStartTimesMs"/>.</summary>
    [JsonPropertyName("charsStartTimesMs")]
    public IReadOnlyList<double>? CharsStartTimesMs { get; init; }

    /// <summary>The older name of <see cref="CharDurationsMs"/>.</summary>
    [JsonPropertyName("charsDurationsMs")]
    public IReadOnlyList<double>? CharsDurationsMs { get; init; }
}
