using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary><c>response.created</c> and <c>response.done</c>: the beginning and the end of an answer. Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>ResponseCreatedEvent</c>, <c>ResponseDoneEvent</c>).</summary>
internal sealed record ResponseEvent([property: JsonPropertyName("response")] RealtimeResponse Response);
