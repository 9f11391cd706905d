using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>
/// A session that only transcribes, in its general-availability shape.
/// Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>RealtimeTranscriptionSessionCreateRequest</c>).
/// </summary>
internal sealed record TranscriptionSession([property: JsonPropertyName("audio")] TranscriptionAudio Audio)
{
    [JsonPropertyName("type")]
    public string Type => "transcription";
}
