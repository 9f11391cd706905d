using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>Of what kind tokens are. Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>RealtimeResponseUsageInputTokenDetails</c>, <c>RealtimeResponseUsageOutputTokenDetails</c>).</summary>
internal sealed record ResponseTokenDetails
{
    [JsonPropertyName("audio_tokens")]
    public long? AudioTokens { get; init; }

    [JsonPropertyName("text_tokens")]
    public long? TextTokens { get; init; }

    [JsonPropertyName("cached_tokens")]
    public long? CachedTokens { get; init; }
}
