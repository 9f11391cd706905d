using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary><c>conversation.item.delete</c>: takes an item away. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>ConversationItemDeleteEvent</c>).</summary>
internal sealed record ItemDelete(
    [property: JsonPropertyName("event_id")] string EventId,
    [property: JsonPropertyName("item_id")] string ItemId)
{
    [JsonPropertyName("type")]
    public string Type { get; } = "conversation.item.delete";
}
