using Agent.Providers.LanguageModels;
using Microsoft.Extensions.AI;

namespace Agent.Providers.OpenAi.Chat;

/// <summary>Writes the body of <c>POST /chat/completions</c> (platform.openai.com/docs/api-reference/chat/create; openai-node 7.57, <c>ChatCompletionCreateParams</c>).</summary>
internal static class ChatCompletionsRequest
{
    internal static BinaryData Write(ChatServerSetup setup, string model, bool asksForUsage, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        using var writer = new RequestWriter(options);
        writer.Text("model", options?.ModelId ?? model);
        writer.Flag("stream", true);
        if (asksForUsage && writer.Allows("stream_options"))
        {
            writer.Json.WriteStartObject("stream_options");
            writer.Json.WriteBoolean("include_usage", true);
            writer.Json.WriteEndObject();
        }

        WriteMessages(writer, messages, options?.Instructions);
        WriteTools(writer, options);
        writer.Number("temperature", options?.Temperature);
        writer.Number("top_p", options?.TopP);
        if (setup.Dialect == OpenAiDialect.Compatible)
            writer.Number("top_k", options?.TopK);
        writer.Number("frequency_penalty", options?.FrequencyPenalty);
        writer.Number("presence_penalty", options?.PresencePenalty);
        writer.Number("seed", options?.Seed);
        writer.Number(setup.Dialect == OpenAiDialect.OpenAi ? "max_completion_tokens" : "max_tokens", options?.MaxOutputTokens);
        writer.Texts("stop", options?.StopSequences);
        writer.Text("reasoning_effort", OpenAiRequests.Effort(options, setup.ReasoningEffort));
        WriteFormat(writer, options?.ResponseFormat);
        return writer.Complete();
    }

    private static void WriteMessages(RequestWriter writer, IEnumerable<ChatMessage> messages, string? instructions)
    {
        var json = writer.Json;
        json.WriteStartArray("messages");
        if (!string.IsNullOrEmpty(instructions))
            WriteText(writer, "system", instructions);
        foreach (var message in messages)
        {
            var calls = message.Contents.OfType<FunctionCallContent>().ToArray();
            foreach (var result in message.Contents.OfType<FunctionResultContent>())
            {
                json.WriteStartObject();
                json.WriteString("role", "tool");
                json.WriteString("tool_call_id", result.CallId);
                json.WriteString("content", ToolCallJson.Result(result));
                json.WriteEndObject();
            }

            var text = OpenAiRequests.Text(message);
            if (calls.Length > 0)
                WriteCalls(writer, text, calls);
            else if (text.Length > 0 && message.Role != ChatRole.Tool)
                WriteText(writer, message.Role.Value, text);
        }

        json.WriteEndArray();
    }

    private static void WriteText(RequestWriter writer, string role, string text)
    {
        writer.Json.WriteStartObject();
        writer.Json.WriteString("role", role);
        writer.Json.WriteString("content", text);
        writer.Json.WriteEndObject();
    }

    private static void WriteCalls(RequestWriter writer, string text, FunctionCallContent[] calls)
    {
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteString("role", "assistant");
        if (text.Length > 0)
            json.WriteString("content", text);
        else
            json.WriteNull("content");
        json.WriteStartArray("tool_calls");
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id", call.CallId);
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", call.Name);
            json.WriteString("arguments", ToolCallJson.Arguments(call));
            json.WriteEndObject();
            json.WriteEndObject();
        }

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
            json.WriteStartObject("function");
            json.WriteString("name", tool.Name);
            if (tool.Description.Length > 0)
                json.WriteString("description", tool.Description);
            OpenAiRequests.WriteSchema(json, "parameters", tool.JsonSchema);
            if (OpenAiRequests.Strict(tool.AdditionalProperties) is { } strict)
                json.WriteBoolean("strict", strict);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        OpenAiRequests.WriteToolMode(writer, options, isNested: true);
        writer.Flag("parallel_tool_calls", options?.AllowMultipleToolCalls);
    }

    private static void WriteFormat(RequestWriter writer, ChatResponseFormat? format)
    {
        if (format is null || !writer.Allows("response_format"))
            return;
        var json = writer.Json;
        json.WriteStartObject("response_format");
        if (format is ChatResponseFormatJson { Schema: { } schema } described)
        {
            json.WriteString("type", "json_schema");
            json.WriteStartObject("json_schema");
            json.WriteString("name", described.SchemaName ?? "answer");
            if (described.SchemaDescription is { } description)
                json.WriteString("description", description);
            OpenAiRequests.WriteSchema(json, "schema", schema);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("type", format is ChatResponseFormatJson ? "json_object" : "text");
        }

        json.WriteEndObject();
    }
}
