using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agent.Playground.Check;

/// <summary>The report for programs.</summary>
internal static partial class CheckReportJson
{
    internal static string Write(CheckReport report) => JsonSerializer.Serialize(report, Context.Default.CheckReport);

    internal static string Write(CheckTurn turn) => JsonSerializer.Serialize(turn, Context.Default.CheckTurn);

    [JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(CheckReport))]
    [JsonSerializable(typeof(CheckTurn))]
    private sealed partial class Context : JsonSerializerContext;
}
