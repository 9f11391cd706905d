using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Wire;

/// <summary>
/// <c>input_audio_buffer.committed</c>, <c>input_audio_buffer.speech_started</c> and <c>input_audio_buffer.speech_stopped</c>: what becomes of the
/// audio sent. Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>InputAudioBufferCommittedEvent</c>, <c>InputAudioBufferSpeechStartedEvent</c>,
/// <c>InputAudioBufferSpeechStoppedEvent</c>).
/// </summary>
internal sealed record InputAudioItemEvent
{
    /// <summary>The user's item that the audio is, or will become.</summary>
    [JsonPropertyName("item_id")]
    public required string ItemId { get; init; }

    /// <summary>With <c>committed</c>: the item before it; null for the first.</summary>
    [JsonPropertyName("previous_item_id")]
    public string? PreviousItemId { get; init; }

    /// <summary>With <c>speech_started</c>: where speech begins, in milliseconds of all audio written.</summary>
    [JsonPropertyName("audio_start_ms")]
    public long? AudioStartMs { get; init; }

    /// <summary>With <c>speech_stopped</c>: where speech ends, in milliseconds of all audio written.</summary>
    [JsonPropertyName("audio_end_ms")]
    public long? AudioEndMs { get; init; }
}
