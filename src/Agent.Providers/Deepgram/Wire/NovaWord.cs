using System.Text.Json.Serialization;

namespace Agent.Providers.Deepgram.Wire;

/// <summary>Nova: one word. <c>ListenV1Results…Words.Item</c> of @deepgram/sdk 5.13.0.</summary>
internal sealed record NovaWord
{
    [JsonPropertyName("word")]
    public string Text { get; init; } = "";

    /// <summary>With capitals and punctuation, where they were asked for.</summary>
    [JsonPropertyName("punctuated_word")]
    public string? Punctuated { get; init; }

    /// <summary>When it begins, in seconds of the stream.</summary>
    public double Start { get; init; }

    /// <summary>When it ends, in seconds of the stream.</summary>
    public double End { get; init; }
}
