using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Agent.Providers.LanguageModels;

/// <summary>Arguments and results of tools as JSON.</summary>
internal static class ToolCallJson
{
    /// <summary>A call whose arguments have come whole. Arguments that are no JSON object make a call that says so: the model's mistake, which it is told.</summary>
    internal static FunctionCallContent Call(string id, string name, string arguments) =>
        FunctionCallContent.CreateFromParsedArguments(
            string.IsNullOrWhiteSpace(arguments) ? "{}" : arguments,
            id,
            name,
            static json => (IDictionary<string, object?>?)JsonSerializer.Deserialize(json, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>))));

    internal static bool IsWhole(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments.Length == 0 ? "{}" : arguments);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A call's arguments as the model wrote them.</summary>
    internal static string Arguments(FunctionCallContent call) =>
        call.Arguments is null ? "{}" : JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)));

    /// <summary>A result as the model reads it: text as it is, everything else as JSON.</summary>
    internal static string Result(FunctionResultContent result) => result.Result switch
    {
        null => "null",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString()!,
        TextContent text => text.Text,
        _ => JsonSerializer.Serialize(result.Result, AIJsonUtilities.DefaultOptions.GetTypeInfo(result.Result.GetType())),
    };
}
