using System.Text.Json.Serialization;

namespace Agent.Providers.Anthropic.Wire;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MessagesEvent))]
internal sealed partial class MessagesJson : JsonSerializerContext;
