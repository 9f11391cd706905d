using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>
/// An item of the conversation: a message, a call of a function, or its output. Source: https://developers.openai.com/api/reference/resources/realtime/client-events
/// (openai 7.57.0, <c>ConversationItem</c> and its <c>RealtimeConversationItem…</c> kinds).
/// </summary>
internal sealed record RealtimeItem([property: JsonPropertyName("type")] string Type)
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>With <c>message</c>: <c>user</c>, <c>assistant</c> or <c>system</c>.</summary>
    [JsonPropertyName("role")]
    public string? Role { get; init; }

    /// <summary>With <c>message</c>: what is said.</summary>
    [JsonPropertyName("content")]
    public IReadOnlyList<RealtimeContent>? Content { get; init; }

    /// <summary>With <c>function_call</c> and <c>function_call_output</c>: which call.</summary>
    [JsonPropertyName("call_id")]
    public string? CallId { get; init; }

    /// <summary>With <c>function_call</c>: the function.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>With <c>function_call</c>: its arguments as JSON in a string.</summary>
    [JsonPropertyName("arguments")]
    public string? Arguments { get; init; }

    /// <summary>With <c>function_call_output</c>: its result as text.</summary>
    [JsonPropertyName("output")]
    public string? Output { get; init; }
}
