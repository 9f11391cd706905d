using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Agent.LoopbackVendors.OpenAi.Chat;

/// <summary>Checks that requests of all kinds have in common.</summary>
internal static partial class RequestChecks
{
    public static void OnlyKnown(JsonElement element, HashSet<string> known, string where = "")
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name))
                throw new RequestRefusedException($"Unknown parameter: '{where}{property.Name}'.", where + property.Name, code: "unknown_parameter");
        }
    }

    public static string Text(JsonElement element, string name, string where = "") =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new RequestRefusedException($"Missing required parameter: '{where}{name}'.", where + name, code: "missing_required_parameter");

    public static JsonElement? Optional(JsonElement element, string name, JsonValueKind kind)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == kind ? value : throw new RequestRefusedException($"Invalid type for '{name}': expected {kind}, but got {value.ValueKind}.", name, code: "invalid_type");
    }

    public static bool Flag(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        _ => throw new RequestRefusedException($"Invalid type for '{name}': expected a boolean.", name, code: "invalid_type"),
    };

    public static double? Number(JsonElement element, string name, double min, double max)
    {
        if (Optional(element, name, JsonValueKind.Number) is not { } value)
            return null;
        var number = value.GetDouble();
        return number >= min && number <= max ? number : throw new RequestRefusedException($"Invalid '{name}': it must be from {min} to {max}.", name, code: "decimal_above_max_value");
    }

    public static string FunctionName(JsonElement function, string where)
    {
        var name = Text(function, "name", where);
        return NamePattern().IsMatch(name) ? name : throw new RequestRefusedException($"Invalid '{where}name': string does not match pattern.", where + "name", code: "invalid_value");
    }

    public static AITool Tool(JsonElement function, string where)
    {
        var name = FunctionName(function, where);
        if (Optional(function, "parameters", JsonValueKind.Object) is { } schema && Text(schema, "type", $"{where}parameters.") != "object")
            throw new RequestRefusedException($"Invalid schema for function '{name}': schema must be of type 'object'.", $"{where}parameters", code: "invalid_function_parameters");
        return AIFunctionFactory.Create(static () => "", name);
    }

    /// <summary>A call's arguments, which have to be JSON in a string.</summary>
    public static FunctionCallContent Call(string id, string name, string arguments, string where)
    {
        try
        {
            return new FunctionCallContent(id, name, JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments));
        }
        catch (JsonException)
        {
            throw new RequestRefusedException($"Invalid '{where}arguments': no JSON object.", where + "arguments", code: "invalid_value");
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NamePattern();
}
