using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary><c>conversation.item.create</c>: adds an item behind the last. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>ConversationItemCreateEvent</c>).</summary>
internal sealed record ItemCreate(
    [property: JsonPropertyName("event_id")] string EventId,
    [property: JsonPropertyName("item")] RealtimeItem Item)
{
    [JsonPropertyName("type")]
    public string Type { get; } = "conversation.item.create";
}
