using System.Text.Json;
using Agent.Providers.LanguageModels;
using Agent.Providers.OpenAi.Chat;
using Microsoft.Extensions.AI;

namespace Agent.Providers.OpenAi.Responses;

/// <summary>Writes the body of <c>POST /responses</c> (platform.openai.com/docs/api-reference/responses/create; openai-node 7.57, <c>ResponseCreateParams</c>). Seed and stop sequences have no place in it and are left out.</summary>
internal static class ResponsesRequest
{
    internal static BinaryData Write(ChatServerSetup setup, string model, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        using var writer = new RequestWriter(options);
        writer.Text("model", options?.ModelId ?? model);
        writer.Flag("stream", true);

        // The history is ours: it is cut at what was heard, which the server cannot know.
        writer.Flag("store", false);
        writer.Text("instructions", string.IsNullOrEmpty(options?.Instructions) ? null : options.Instructions);
        WriteInput(writer.Json, messages);
        WriteTools(writer, options);
        writer.Number("temperature", options?.Temperature);
        writer.Number("top_p", options?.TopP);
        writer.Number("max_output_tokens", options?.MaxOutputTokens);
        if (OpenAiRequests.Effort(options, setup.ReasoningEffort) is { } effort && writer.Allows("reasoning"))
        {
            writer.Json.WriteStartObject("reasoning");
            writer.Json.WriteString("effort", effort);
            writer.Json.WriteEndObject();
        }

        WriteFormat(writer, options?.ResponseFormat);
        return writer.Complete();
    }

    private static void WriteInput(Utf8JsonWriter json, IEnumerable<ChatMessage> messages)
    {
        json.WriteStartArray("input");
        foreach (var message in messages)
        {
            foreach (var result in message.Contents.OfType<FunctionResultContent>())
            {
                json.WriteStartObject();
                json.WriteString("type", "function_call_output");
                json.WriteString("call_id", result.CallId);
                json.WriteString("output", ToolCallJson.Result(result));
                json.WriteEndObject();
            }

            if (OpenAiRequests.Text(message) is { Length: > 0 } text && message.Role != ChatRole.Tool)
                WriteMessage(json, message.Role, text);
            foreach (var call in message.Contents.OfType<FunctionCallContent>())
            {
                json.WriteStartObject();
                json.WriteString("type", "function_call");
                json.WriteString("call_id", call.CallId);
                json.WriteString("name", call.Name);
                json.WriteString("arguments", ToolCallJson.Arguments(call));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatRole role, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "message");
        json.WriteString("role", role.Value);
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("type", role == ChatRole.Assistant ? "output_text" : "input_text");
        json.WriteString("text", text);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTools(RequestWriter writer, ChatOptions? options)
    {
        var tools = OpenAiRequests.Tools(options);
        if (tools.Count == 0)
            return;
        var json = writer.Json;
        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteString("name", tool.Name);
            if (tool.Description.Length > 0)
                json.WriteString("description", tool.Description);
            OpenAiRequests.WriteSchema(json, "parameters", tool.JsonSchema);

            // Strict is the default here, and refuses schemas with optional parameters.
            json.WriteBoolean("strict", OpenAiRequests.Strict(tool.AdditionalProperties) ?? false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        OpenAiRequests.WriteToolMode(writer, options, isNested: false);
        writer.Flag("parallel_tool_calls", options?.AllowMultipleToolCalls);
    }

    private static void WriteFormat(RequestWriter writer, ChatResponseFormat? format)
    {
        if (format is null || !writer.Allows("text"))
            return;
        var json = writer.Json;
        json.WriteStartObject("text");
        json.WriteStartObject("format");
        if (format is ChatResponseFormatJson { Schema: { } schema } described)
        {
            json.WriteString("type", "json_schema");
            json.WriteString("name", described.SchemaName ?? "answer");
            if (described.SchemaDescription is { } description)
                json.WriteString("description", description);
            OpenAiRequests.WriteSchema(json, "schema", schema);
        }
        else
        {
            json.WriteString("type", format is ChatResponseFormatJson ? "json_object" : "text");
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
