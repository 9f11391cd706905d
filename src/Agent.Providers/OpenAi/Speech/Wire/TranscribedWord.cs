using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>
/// A word and its time in seconds of the file. Source: https://developers.openai.com/api/reference/resources/audio/subresources/transcriptions/methods/create (openai 7.57.0, <c>TranscriptionWord</c>).
/// </summary>
internal sealed record TranscribedWord(
    [property: JsonPropertyName("word")] string Word,
    [property: JsonPropertyName("start")] double Start,
    [property: JsonPropertyName("end")] double End);
