using System.Text.Json.Serialization;

namespace Agent.Providers.ElevenLabs.Wire;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ContextMessage))]
[JsonSerializable(typeof(SpeechMessage))]
internal sealed partial class ElevenLabsJson : JsonSerializerContext;
