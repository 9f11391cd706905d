using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Wire;

/// <summary>
/// <c>error</c>: something went wrong, which most sessions survive. Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>RealtimeErrorEvent</c>).
/// </summary>
internal sealed record RealtimeErrorEvent([property: JsonPropertyName("error")] RealtimeErrorDetails Error);
