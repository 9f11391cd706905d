using System.Text.Json.Serialization;

namespace Agent.Providers.AssemblyAi.Wire;

/// <summary>
/// The words of a turn so far; each replaces the one before of the same order. Source: assemblyai.com/docs/api-reference/streaming-api/universal-streaming,
/// receiveTurn (usm-streaming.yml 1.0.0, 2026-03).
/// </summary>
internal sealed record TurnMessage : ServerMessage
{
    /// <summary>Which turn, from 0.</summary>
    [JsonPropertyName("turn_order")]
    public required int TurnOrder { get; init; }

    /// <summary>Whether punctuation, case and numbers are written out.</summary>
    [JsonPropertyName("turn_is_formatted")]
    public bool TurnIsFormatted { get; init; }

    /// <summary>Whether the turn is over.</summary>
    [JsonPropertyName("end_of_turn")]
    public bool EndOfTurn { get; init; }

    /// <summary>The words that will not change any more.</summary>
    [JsonPropertyName("transcript")]
    public required string Transcript { get; init; }

    /// <summary>How sure the service is that the turn is over, 0 to 1.</summary>
    [JsonPropertyName("end_of_turn_confidence")]
    public double EndOfTurnConfidence { get; init; }

    /// <summary>All words, the last of which may still change.</summary>
    [JsonPropertyName("words")]
    public IReadOnlyList<TurnWord> Words { get; init; } = [];

    /// <summary>The language heard; only with language detection, at the end of an utterance or turn.</summary>
    [JsonPropertyName("language_code")]
    public string? LanguageCode { get; init; }
}
