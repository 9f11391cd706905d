using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary><c>response.output_audio_transcript.delta</c>: words of what the model says. Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>ResponseAudioTranscriptDeltaEvent</c>).</summary>
internal sealed record ResponseText(
    [property: JsonPropertyName("response_id")] string ResponseId,
    [property: JsonPropertyName("item_id")] string ItemId,
    [property: JsonPropertyName("delta")] string Delta);
