using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>
/// A part of a message: <c>input_text</c> of a user, <c>output_text</c> of the assistant. Source: https://developers.openai.com/api/reference/resources/realtime/client-events
/// (openai 7.57.0, <c>RealtimeConversationItemUserMessage.Content</c>, <c>RealtimeConversationItemAssistantMessage.Content</c>).
/// </summary>
internal sealed record RealtimeContent(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("text")] string? Text);
