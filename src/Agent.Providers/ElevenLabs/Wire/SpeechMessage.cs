using System.Text.Json.Serialization;

namespace Agent.Providers.ElevenLabs.Wire;

/// <summary>
/// Any message of the multi-context synthesizer: sound with its alignment, a context's end, or an error before the connection is closed. They have no type; the fields tell.
/// Source: elevenlabs.io/docs/api-reference/text-to-speech/v-1-text-to-speech-voice-id-multi-stream-input, subscribe (AudioOutputMulti, FinalOutputMulti; read 2026). Errors as
/// shown by the service, e.g. in github.com/livekit/agents-js/issues/1985 (2026-07) and github.com/elevenlabs/elevenlabs-python/issues/167.
/// </summary>
internal sealed record SpeechMessage
{
    /// <summary>Which context.</summary>
    [JsonPropertyName("contextId")]
    public string? ContextId { get; init; }

    /// <summary>Sound in the connection's format. In a buffer from the pool, to be returned.</summary>
    [JsonPropertyName("audio")]
    [JsonConverter(typeof(Base64SoundConverter))]
    public Base64Sound Audio { get; init; }

    /// <summary>When each character of the text is spoken.</summary>
    [JsonPropertyName("alignment")]
    public Alignment? Alignment { get; init; }

    /// <summary>When each character of the text as it is spoken is spoken: "five" for "5".</summary>
    [JsonPropertyName("normalizedAlignment")]
    public Alignment? NormalizedAlignment { get; init; }

    /// <summary>Whether the context is over and nothing more comes of it.</summary>
    [JsonPropertyName("isFinal")]
    public bool? IsFinal { get; init; }

    /// <summary>The error's fixed name.</summary>
    [JsonPropertyName("error")]
    public string? Error { get; init; }

    /// <summary>The close code that follows an error.</summary>
    [JsonPropertyName("code")]
    public int? Code { get; init; }
}
