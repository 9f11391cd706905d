using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary><c>response.create</c>: asks for an answer. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>ResponseCreateEvent</c>).</summary>
internal sealed record ResponseCreate(
    [property: JsonPropertyName("event_id")] string EventId,
    [property: JsonPropertyName("response")] ResponseParameters Response)
{
    [JsonPropertyName("type")]
    public string Type { get; } = "response.create";
}
