using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary><c>response.cancel</c>: ends the answer that is being made. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>ResponseCancelEvent</c>).</summary>
internal sealed record ResponseCancel([property: JsonPropertyName("event_id")] string EventId)
{
    [JsonPropertyName("type")]
    public string Type { get; } = "response.cancel";
}
