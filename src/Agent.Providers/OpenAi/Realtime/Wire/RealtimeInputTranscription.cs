using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>What writes down what the user says, beside the model that hears it. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>AudioTranscription</c>).</summary>
internal sealed record RealtimeInputTranscription(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("language")] string? Language);
