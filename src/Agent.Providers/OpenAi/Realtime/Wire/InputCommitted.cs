using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary><c>input_audio_buffer.committed</c>: what was heard has become an item. Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>InputAudioBufferCommittedEvent</c>).</summary>
internal sealed record InputCommitted([property: JsonPropertyName("item_id")] string ItemId);
