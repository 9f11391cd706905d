using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>An answer as the vendor sees it. Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>RealtimeResponse</c>).</summary>
internal sealed record RealtimeResponse
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary><c>completed</c>, <c>cancelled</c>, <c>failed</c>, <c>incomplete</c> or <c>in_progress</c>.</summary>
    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("status_details")]
    public ResponseStatusDetails? StatusDetails { get; init; }

    [JsonPropertyName("usage")]
    public ResponseUsage? Usage { get; init; }
}
