using System.Text.Json.Serialization;

namespace Agent.Providers.Deepgram.Wire;

/// <summary>Flux: one word with capitals and punctuation. <c>ListenV2TurnInfo.Words.Item</c> of @deepgram/sdk 5.13.0.</summary>
internal sealed record FluxWord
{
    [JsonPropertyName("word")]
    public string Text { get; init; } = "";

    public double Confidence { get; init; }

    /// <summary>When it begins, in seconds of the stream; null where the service does not say.</summary>
    public double? Start { get; init; }

    /// <summary>When it ends, in seconds of the stream; null where the service does not say.</summary>
    public double? End { get; init; }
}
