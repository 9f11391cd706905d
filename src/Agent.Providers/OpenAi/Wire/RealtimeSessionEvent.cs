using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Wire;

/// <summary>
/// <c>session.created</c>, the first event of every connection, and <c>session.updated</c>, the answer to <c>session.update</c>.
/// Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>SessionCreatedEvent</c>, <c>SessionUpdatedEvent</c>).
/// </summary>
internal sealed record RealtimeSessionEvent([property: JsonPropertyName("session")] RealtimeSessionFacts Session);
