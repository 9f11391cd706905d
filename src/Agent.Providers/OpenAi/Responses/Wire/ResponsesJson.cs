using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Responses.Wire;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ResponsesEvent))]
internal sealed partial class ResponsesJson : JsonSerializerContext;
