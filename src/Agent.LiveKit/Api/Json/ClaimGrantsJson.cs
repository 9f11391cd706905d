using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agent.LiveKit.Api.Json;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(TrackSourceConverter), typeof(ParticipantKindConverter), typeof(RoomConfigurationConverter)])]
[JsonSerializable(typeof(ClaimGrants))]
internal sealed partial class ClaimGrantsJson : JsonSerializerContext;
