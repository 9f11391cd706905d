using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Realtime;

/// <summary>Writes what a tool has returned for a model that takes text.</summary>
internal static class ToolResultText
{
    internal static string Of(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
        JsonElement json => json.GetRawText(),
        _ => JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions.GetTypeInfo(result.GetType())),
    };
}
