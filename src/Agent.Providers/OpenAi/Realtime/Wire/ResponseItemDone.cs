using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary><c>response.output_item.done</c>: a part of an answer is whole; a call of a function is taken from here. Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>ResponseOutputItemDoneEvent</c>).</summary>
internal sealed record ResponseItemDone(
    [property: JsonPropertyName("response_id")] string ResponseId,
    [property: JsonPropertyName("item")] RealtimeItem Item);
