using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Wire;

/// <summary>
/// <c>conversation.item.input_audio_transcription.delta</c>, <c>.completed</c> and <c>.failed</c>: what was understood of one item.
/// Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>ConversationItemInputAudioTranscriptionDeltaEvent</c>, <c>…CompletedEvent</c>, <c>…FailedEvent</c>).
/// </summary>
internal sealed record InputTranscriptionEvent
{
    /// <summary>The item.</summary>
    [JsonPropertyName("item_id")]
    public required string ItemId { get; init; }

    /// <summary>With <c>delta</c>: words that follow those of the deltas before.</summary>
    [JsonPropertyName("delta")]
    public string? Delta { get; init; }

    /// <summary>With <c>completed</c>: all words.</summary>
    [JsonPropertyName("transcript")]
    public string? Transcript { get; init; }

    /// <summary>With <c>completed</c>: the languages heard, by models that tell.</summary>
    [JsonPropertyName("languages")]
    public IReadOnlyList<HeardLanguage>? Languages { get; init; }

    /// <summary>With <c>completed</c>: what it has cost.</summary>
    [JsonPropertyName("usage")]
    public TranscriptionUsage? Usage { get; init; }

    /// <summary>With <c>failed</c>: why.</summary>
    [JsonPropertyName("error")]
    public RealtimeErrorDetails? Error { get; init; }
}
