using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary><c>session.update</c> of a transcription session. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>SessionUpdateEvent</c>).</summary>
internal sealed record TranscriptionSessionUpdate([property: JsonPropertyName("session")] TranscriptionSession Session)
{
    [JsonPropertyName("type")]
    public string Type => "session.update";
}
