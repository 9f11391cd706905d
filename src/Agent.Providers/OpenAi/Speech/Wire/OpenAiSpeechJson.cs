using System.Text.Json.Serialization;
using Agent.Providers.OpenAi.Wire;

namespace Agent.Providers.OpenAi.Speech.Wire;

/// <summary>Reads and writes the messages of OpenAI's transcription and speech.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TranscriptionSessionUpdate))]
[JsonSerializable(typeof(BufferCommand))]
[JsonSerializable(typeof(RealtimeSessionEvent))]
[JsonSerializable(typeof(RealtimeErrorEvent))]
[JsonSerializable(typeof(InputAudioItemEvent))]
[JsonSerializable(typeof(InputTranscriptionEvent))]
[JsonSerializable(typeof(TranscriptionResponse))]
[JsonSerializable(typeof(TranscriptionStreamEvent))]
[JsonSerializable(typeof(SpeechRequest))]
[JsonSerializable(typeof(SpeechStreamEvent))]
[JsonSerializable(typeof(ApiErrorResponse))]
internal sealed partial class OpenAiSpeechJson : JsonSerializerContext;
