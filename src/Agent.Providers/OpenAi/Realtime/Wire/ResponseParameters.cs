using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>What is special about one answer. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>RealtimeResponseCreateParams</c>).</summary>
internal sealed record ResponseParameters
{
    /// <summary>In the place of the session's.</summary>
    [JsonPropertyName("instructions")]
    public string? Instructions { get; init; }

    /// <summary>What the model knows for this answer; an empty list lets it know nothing of the conversation, null everything.</summary>
    [JsonPropertyName("input")]
    public IReadOnlyList<RealtimeItem>? Input { get; init; }

    /// <summary><c>auto</c>, <c>none</c>, <c>required</c>, or one function.</summary>
    [JsonPropertyName("tool_choice")]
    public RealtimeToolChoice? ToolChoice { get; init; }

    /// <summary>Comes back with the answer.</summary>
    [JsonPropertyName("metadata")]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
