using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Agent.Providers.OpenAi.Realtime;

/// <summary>Writes the arguments and results of tools as the vendor takes them: text, or JSON as text.</summary>
internal static class ToolText
{
    public static string Write(IReadOnlyDictionary<string, object?> arguments) =>
        JsonSerializer.Serialize(arguments.ToDictionary(StringComparer.Ordinal), AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(Dictionary<string, object?>)));

    public static string Write(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
        JsonElement json => json.GetRawText(),
        _ => JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions.GetTypeInfo(result.GetType())),
    };
}
