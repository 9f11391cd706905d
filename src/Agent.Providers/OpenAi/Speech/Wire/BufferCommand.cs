using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>
/// <c>input_audio_buffer.commit</c>, an error where less than 100 ms are in the buffer, and <c>input_audio_buffer.clear</c>.
/// Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>InputAudioBufferCommitEvent</c>, <c>InputAudioBufferClearEvent</c>).
/// </summary>
internal sealed record BufferCommand([property: JsonPropertyName("type")] string Type)
{
    public const string Commit = "input_audio_buffer.commit";

    public const string Clear = "input_audio_buffer.clear";

    /// <summary>Our name for the event, which an error about it repeats.</summary>
    [JsonPropertyName("event_id")]
    public string? EventId { get; init; }
}
