using System.Text.Json.Serialization;
using Agent.Pipeline.Recordings.Lines;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Recordings;

/// <summary>How lines are written. What is not known is an error and never left out: a replay with half of the options would be a lie.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RecordingLine))]
[JsonSerializable(typeof(TurnEvent))]
internal sealed partial class RecordingJson : JsonSerializerContext;
