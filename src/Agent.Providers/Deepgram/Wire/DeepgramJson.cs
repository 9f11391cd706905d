using System.Text.Json.Serialization;

namespace Agent.Providers.Deepgram.Wire;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NovaResults))]
[JsonSerializable(typeof(NovaUtteranceEnd))]
[JsonSerializable(typeof(FluxTurnInfo))]
[JsonSerializable(typeof(ServerMetadata))]
[JsonSerializable(typeof(ServerFault))]
[JsonSerializable(typeof(AuraSpeak))]
internal sealed partial class DeepgramJson : JsonSerializerContext;
