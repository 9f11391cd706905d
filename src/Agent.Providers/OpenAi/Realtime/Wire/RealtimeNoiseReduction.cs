using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary><c>near_field</c> or <c>far_field</c>. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>RealtimeAudioConfigInput.NoiseReduction</c>).</summary>
internal sealed record RealtimeNoiseReduction([property: JsonPropertyName("type")] string Type);
