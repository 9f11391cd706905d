using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>What goes in and out as sound. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>RealtimeAudioConfig</c>).</summary>
internal sealed record RealtimeSessionAudio(
    [property: JsonPropertyName("input")] RealtimeAudioInput Input,
    [property: JsonPropertyName("output")] RealtimeAudioOutput Output);
