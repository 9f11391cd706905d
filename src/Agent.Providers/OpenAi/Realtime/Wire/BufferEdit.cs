using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary><c>input_audio_buffer.commit</c> and <c>input_audio_buffer.clear</c>. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>InputAudioBufferCommitEvent</c>, <c>InputAudioBufferClearEvent</c>).</summary>
internal sealed record BufferEdit(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("event_id")] string EventId);
