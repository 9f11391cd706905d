using System.Text.Json;
using System.Text.Json.Serialization;
using Agent.Tests.OfficialClients;

namespace Agent.Tests.ProtocolDrift;

/// <summary>The message descriptors that an official npm package carries.</summary>
internal sealed record OfficialDescriptors(
    IReadOnlyDictionary<string, IReadOnlyList<OfficialDescriptors.Field>> Types,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Enums)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task<OfficialDescriptors> LoadAsync(string which) =>
        JsonSerializer.Deserialize<OfficialDescriptors>(await NodeScript.RunAsync("descriptors.mjs", "", which), Json)!;

    internal sealed record Field(
        string Name,
        int Number,
        bool Repeated,
        bool Optional,
        bool Required,
        string? Oneof,
        int Type,
        string? TypeName,
        int? Key,
        [property: JsonPropertyName("value")] MapValue? Value);

    internal sealed record MapValue(int Type, string? TypeName);
}
