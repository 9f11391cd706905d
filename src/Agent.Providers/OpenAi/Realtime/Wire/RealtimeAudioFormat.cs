using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Realtime.Wire;

/// <summary>16-bit little-endian mono PCM at 24 kHz, the only rate of <c>audio/pcm</c>. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>RealtimeAudioFormats.AudioPCM</c>).</summary>
internal sealed record RealtimeAudioFormat
{
    [JsonPropertyName("type")]
    public string Type { get; } = "audio/pcm";

    [JsonPropertyName("rate")]
    public int Rate { get; } = OpenAiRealtimeModel.SampleRateHz;
}
