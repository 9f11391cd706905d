using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary><c>session.update</c>: what the session is. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>SessionUpdateEvent</c>).</summary>
internal sealed record SessionUpdate(
    [property: JsonPropertyName("event_id")] string EventId,
    [property: JsonPropertyName("session")] RealtimeSessionSettings Session)
{
    [JsonPropertyName("type")]
    public string Type { get; } = "session.update";
}
