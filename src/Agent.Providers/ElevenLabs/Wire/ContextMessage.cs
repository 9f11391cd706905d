using System.Text.Json.Serialization;

namespace Agent.Providers.ElevenLabs.Wire;

/// <summary>
/// Any message to the multi-context synthesizer; what is null is left out. Opening a context is a single space with <see cref="VoiceSettings"/>, text follows, an empty text keeps the
/// context alive. Source: elevenlabs.io/docs/api-reference/text-to-speech/v-1-text-to-speech-voice-id-multi-stream-input, publish (InitializeConnectionMulti, SendTextMulti,
/// FlushContextClient, CloseContextClient, KeepContextAlive; read 2026).
/// </summary>
internal sealed record ContextMessage
{
    /// <summary>Which context.</summary>
    [JsonPropertyName("context_id")]
    public required string ContextId { get; init; }

    /// <summary>What to say; ends with one space.</summary>
    [JsonPropertyName("text")]
    public string? Text { get; init; }

    /// <summary>How to say it; in a context's first message alone.</summary>
    [JsonPropertyName("voice_settings")]
    public VoiceSettings? VoiceSettings { get; init; }

    /// <summary>Where to find pronunciations; in a context's first message alone.</summary>
    [JsonPropertyName("pronunciation_dictionary_locators")]
    public IReadOnlyList<PronunciationDictionary>? PronunciationDictionaryLocators { get; init; }

    /// <summary>Whether everything written so far is to be spoken now.</summary>
    [JsonPropertyName("flush")]
    public bool? Flush { get; init; }

    /// <summary>Whether the context is over; what was flushed is still spoken.</summary>
    [JsonPropertyName("close_context")]
    public bool? CloseContext { get; init; }
}
