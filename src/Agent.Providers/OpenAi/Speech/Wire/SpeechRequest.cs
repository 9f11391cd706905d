using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>The body of <c>POST /audio/speech</c>. Source: https://developers.openai.com/api/reference/resources/audio/subresources/speech/methods/create (openai 7.57.0, <c>SpeechCreateParams</c>).</summary>
internal sealed record SpeechRequest
{
    /// <summary>At most 4,096 characters.</summary>
    [JsonPropertyName("input")]
    public required string Input { get; init; }

    [JsonPropertyName("model")]
    public required string Model { get; init; }

    [JsonPropertyName("voice")]
    public required string Voice { get; init; }

    /// <summary>How to speak; not for tts-1 and tts-1-hd.</summary>
    [JsonPropertyName("instructions")]
    public string? Instructions { get; init; }

    /// <summary>Always <c>pcm</c>: 24 kHz, 16-bit, mono, little-endian, without a header.</summary>
    [JsonPropertyName("response_format")]
    public string ResponseFormat => "pcm";

    /// <summary>0.25 to 4; null for 1.</summary>
    [JsonPropertyName("speed")]
    public double? Speed { get; init; }

    /// <summary><c>sse</c>, not for tts-1 and tts-1-hd; null for <c>audio</c>.</summary>
    [JsonPropertyName("stream_format")]
    public string? StreamFormat { get; init; }
}
