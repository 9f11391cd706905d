using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>16-bit mono PCM at 24 kHz, the only rate there is. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>RealtimeAudioFormats.AudioPCM</c>).</summary>
internal sealed record AudioFormat
{
    [JsonPropertyName("type")]
    public string Type => "audio/pcm";

    [JsonPropertyName("rate")]
    public int Rate => 24_000;
}
