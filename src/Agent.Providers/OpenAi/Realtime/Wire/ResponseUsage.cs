using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>What an answer costs. Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>RealtimeResponseUsage</c>).</summary>
internal sealed record ResponseUsage
{
    [JsonPropertyName("total_tokens")]
    public long? TotalTokens { get; init; }

    [JsonPropertyName("input_tokens")]
    public long? InputTokens { get; init; }

    [JsonPropertyName("output_tokens")]
    public long? OutputTokens { get; init; }

    [JsonPropertyName("input_token_details")]
    public ResponseTokenDetails? InputDetails { get; init; }

    [JsonPropertyName("output_token_details")]
    public ResponseTokenDetails? OutputDetails { get; init; }
}
