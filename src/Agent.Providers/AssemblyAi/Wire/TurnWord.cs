using System.Text.Json.Serialization;

namespace Agent.Providers.AssemblyAi.Wire;

/// <summary>One word of a turn. Source: usm-streaming.yml 1.0.0 (2026-03), schema Word.</summary>
/// <param name="Text">The word, or the beginning of one.</param>
/// <param name="Start">Milliseconds from the first sample of the session.</param>
/// <param name="End">Milliseconds from the first sample of the session.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="WordIsFinal">Whether it will not change any more.</param>
internal sealed record TurnWord(
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("start")] long Start,
    [property: JsonPropertyName("end")] long End,
    [property: JsonPropertyName("confidence")] double Confidence,
    [property: JsonPropertyName("word_is_final")] bool WordIsFinal);
