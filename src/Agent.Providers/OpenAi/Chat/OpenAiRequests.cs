using System.Text.Json;
using Agent.Providers.LanguageModels;
using Microsoft.Extensions.AI;

namespace Agent.Providers.OpenAi.Chat;

/// <summary>What requests to both of OpenAI's interfaces have in common.</summary>
internal static class OpenAiRequests
{
    internal static string? Effort(ChatOptions? options, string? otherwise) => options?.Reasoning?.Effort switch
    {
        ReasoningEffort.None => "none",
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        ReasoningEffort.ExtraHigh => "xhigh",
        _ => otherwise,
    };

    internal static IReadOnlyList<AIFunctionDeclaration> Tools(ChatOptions? options) => [.. (options?.Tools ?? []).OfType<AIFunctionDeclaration>()];

    internal static bool? Strict(AdditionalPropertiesDictionary? properties) => properties?.TryGetValue("strict", out var value) == true ? value as bool? : null;

    internal static bool? Strict(IReadOnlyDictionary<string, object?> properties) => properties.TryGetValue("strict", out var value) ? value as bool? : null;

    internal static void WriteSchema(Utf8JsonWriter json, string name, JsonElement schema)
    {
        json.WritePropertyName(name);
        schema.WriteTo(json);
    }

    /// <summary>Whether and which tool must be called. <c>tool_choice</c> without tools is an error to OpenAI.</summary>
    internal static void WriteToolMode(RequestWriter writer, ChatOptions? options, bool isNested)
    {
        if (!writer.Allows("tool_choice"))
            return;
        switch (options?.ToolMode)
        {
            case NoneChatToolMode:
                writer.Json.WriteString("tool_choice", "none");
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                writer.Json.WriteStartObject("tool_choice");
                writer.Json.WriteString("type", "function");
                if (isNested)
                    writer.Json.WriteStartObject("function");
                writer.Json.WriteString("name", name);
                if (isNested)
                    writer.Json.WriteEndObject();
                writer.Json.WriteEndObject();
                break;
            case RequiredChatToolMode:
                writer.Json.WriteString("tool_choice", "required");
                break;
        }
    }

    internal static string Text(ChatMessage message) => string.Concat(message.Contents.OfType<TextContent>().Select(static content => content.Text));
}
