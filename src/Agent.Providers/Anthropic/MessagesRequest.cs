using System.Text.Json;
using Agent.Providers.LanguageModels;
using Microsoft.Extensions.AI;

namespace Agent.Providers.Anthropic;

/// <summary>
/// Writes the body of <c>POST /v1/messages</c> (platform.claude.com/docs/en/api/messages; anthropic-sdk 1.12, <c>MessageCreateParams</c>). Version 2026-10-21 refuses
/// temperature, top_p and top_k (platform.claude.com/docs/en/api/migration-2026-10-21), and there never were a seed or penalties: all these are left out. Instructions in the middle become part of what the user says.
/// </summary>
internal static class MessagesRequest
{
    internal static BinaryData Write(AnthropicOptions settings, string model, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        using var writer = new RequestWriter(options);
        writer.Text("model", options?.ModelId ?? model);
        writer.Flag("stream", true);
        writer.Number("max_tokens", (long)(options?.MaxOutputTokens ?? settings.MaxTokens));
        var turns = MessagesTurns.Of(messages, options?.Instructions, out var instructions);
        WriteInstructions(writer, instructions, settings.PromptCaching);
        writer.Json.WriteStartArray("messages");
        foreach (var turn in turns)
            turn.Write(writer.Json);
        writer.Json.WriteEndArray();
        WriteTools(writer, options, settings.PromptCaching);
        writer.Texts("stop_sequences", options?.StopSequences);
        WriteOutput(writer, options);
        return writer.Complete();
    }

    private static void WriteInstructions(RequestWriter writer, string instructions, bool isCached)
    {
        if (string.IsNullOrWhiteSpace(instructions) || !writer.Allows("system"))
            return;
        var json = writer.Json;
        json.WriteStartArray("system");
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", instructions);
        if (isCached)
            WriteCacheMark(json);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteTools(RequestWriter writer, ChatOptions? options, bool isCached)
    {
        var tools = (options?.Tools ?? []).OfType<AIFunctionDeclaration>().ToArray();
        if (tools.Length == 0 || !writer.Allows("tools"))
            return;
        var json = writer.Json;
        json.WriteStartArray("tools");
        for (var i = 0; i < tools.Length; i++)
        {
            json.WriteStartObject();
            json.WriteString("name", tools[i].Name);
            if (tools[i].Description.Length > 0)
                json.WriteString("description", tools[i].Description);
            json.WritePropertyName("input_schema");
            tools[i].JsonSchema.WriteTo(json);
            if (tools[i].AdditionalProperties.TryGetValue("strict", out var strict) && strict is bool isStrict)
                json.WriteBoolean("strict", isStrict);

            // A mark covers everything before it, so one at the last is enough.
            if (isCached && i == tools.Length - 1)
                WriteCacheMark(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteToolMode(writer, options!);
    }

    private static void WriteToolMode(RequestWriter writer, ChatOptions options)
    {
        var type = options.ToolMode switch
        {
            NoneChatToolMode => "none",
            RequiredChatToolMode { RequiredFunctionName: not null } => "tool",
            RequiredChatToolMode => "any",
            _ => options.AllowMultipleToolCalls is null ? null : "auto",
        };
        if (type is null || !writer.Allows("tool_choice"))
            return;
        var json = writer.Json;
        json.WriteStartObject("tool_choice");
        json.WriteString("type", type);
        if (options.ToolMode is RequiredChatToolMode { RequiredFunctionName: { } name })
            json.WriteString("name", name);
        if (type != "none" && options.AllowMultipleToolCalls is { } several)
            json.WriteBoolean("disable_parallel_tool_use", !several);
        json.WriteEndObject();
    }

    private static void WriteOutput(RequestWriter writer, ChatOptions? options)
    {
        // Models of before output_config refuse it: it is sent only where somebody asks for it.
        var effort = options?.Reasoning?.Effort switch
        {
            ReasoningEffort.Low => "low",
            ReasoningEffort.Medium => "medium",
            ReasoningEffort.High => "high",
            ReasoningEffort.ExtraHigh => "xhigh",
            _ => null,
        };
        var schema = (options?.ResponseFormat as ChatResponseFormatJson)?.Schema;
        if ((effort is null && schema is null) || !writer.Allows("output_config"))
            return;
        var json = writer.Json;
        json.WriteStartObject("output_config");
        if (effort is not null)
            json.WriteString("effort", effort);
        if (schema is { } described)
        {
            json.WriteStartObject("format");
            json.WriteString("type", "json_schema");
            json.WritePropertyName("schema");
            described.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteCacheMark(Utf8JsonWriter json)
    {
        json.WriteStartObject("cache_control");
        json.WriteString("type", "ephemeral");
        json.WriteEndObject();
    }
}
