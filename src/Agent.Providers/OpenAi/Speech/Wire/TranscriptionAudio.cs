using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>The audio of a transcription session. Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>RealtimeTranscriptionSessionAudio</c>).</summary>
internal sealed record TranscriptionAudio([property: JsonPropertyName("input")] TranscriptionAudioInput Input);
