using System.Text.Json.Serialization;

namespace Agent.Providers.AssemblyAi.Wire;

[JsonSourceGenerationOptions(AllowOutOfOrderMetadataProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServerMessage))]
[JsonSerializable(typeof(UpdateConfigurationMessage))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class AssemblyAiJson : JsonSerializerContext;
