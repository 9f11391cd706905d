using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary><c>conversation.item.truncate</c>: cuts what the assistant has said at what was heard, sound and words. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>ConversationItemTruncateEvent</c>).</summary>
internal sealed record ItemTruncate(
    [property: JsonPropertyName("event_id")] string EventId,
    [property: JsonPropertyName("item_id")] string ItemId,
    [property: JsonPropertyName("audio_end_ms")] long AudioEndMs)
{
    [JsonPropertyName("type")]
    public string Type { get; } = "conversation.item.truncate";

    /// <summary>Always 0.</summary>
    [JsonPropertyName("content_index")]
    public int ContentIndex { get; }
}
