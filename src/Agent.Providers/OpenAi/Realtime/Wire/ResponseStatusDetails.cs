using System.Text.Json.Serialization;
using Agent.Providers.OpenAi.Wire;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>Why an answer is not whole. Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>RealtimeResponseStatus</c>).</summary>
internal sealed record ResponseStatusDetails
{
    /// <summary><c>turn_detected</c>, <c>client_cancelled</c>, <c>max_output_tokens</c> or <c>content_filter</c>.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    /// <summary>With <c>failed</c>: what went wrong.</summary>
    [JsonPropertyName("error")]
    public RealtimeErrorDetails? Error { get; init; }
}
