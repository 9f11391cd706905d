using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Chat.Wire;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(ChatChunk))]
internal sealed partial class ChatJson : JsonSerializerContext;
