using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Agent.LoopbackVendors.OpenAi.Chat;

/// <summary>Reads and checks the body of <c>POST /chat/completions</c> (platform.openai.com/docs/api-reference/chat/create; openai-node 7.57, <c>ChatCompletionCreateParams</c>).</summary>
internal static class ChatRequestReader
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "model", "messages", "stream", "stream_options", "tools", "tool_choice", "parallel_tool_calls", "temperature", "top_p", "frequency_penalty", "presence_penalty",
        "seed", "max_tokens", "max_completion_tokens", "stop", "reasoning_effort", "response_format", "user", "metadata", "store", "n", "logit_bias", "logprobs",
        "top_logprobs", "service_tier", "verbosity", "prediction", "modalities", "audio", "web_search_options", "prompt_cache_key", "prompt_cache_retention", "safety_identifier",
    };

    /// <param name="body">The body.</param>
    /// <param name="isLenient">Whether parameters that OpenAI does not know are passed over, as compatible servers do.</param>
    public static ChatRequest Read(JsonElement body, bool isLenient)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new RequestRefusedException("We could not parse the JSON body of your request.");
        if (!isLenient)
            RequestChecks.OnlyKnown(body, s_known);
        var model = RequestChecks.Text(body, "model");
        if (model.Contains("no-such", StringComparison.Ordinal))
            throw new RequestRefusedException($"The model '{model}' does not exist or you do not have access to it.", status: 404, code: "model_not_found");
        var isStreamed = RequestChecks.Flag(body, "stream");
        var hasUsage = false;
        if (RequestChecks.Optional(body, "stream_options", JsonValueKind.Object) is { } streamOptions)
        {
            if (!isStreamed)
                throw new RequestRefusedException("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options");
            hasUsage = RequestChecks.Flag(streamOptions, "include_usage");
        }

        if (body.TryGetProperty("max_tokens", out _) && body.TryGetProperty("max_completion_tokens", out _))
            throw new RequestRefusedException("Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.", "max_tokens");
        var options = new ChatOptions
        {
            Temperature = (float?)RequestChecks.Number(body, "temperature", 0, 2),
            TopP = (float?)RequestChecks.Number(body, "top_p", 0, 1),
            Seed = (long?)RequestChecks.Number(body, "seed", long.MinValue, long.MaxValue),
            MaxOutputTokens = (int?)(RequestChecks.Number(body, "max_tokens", 1, int.MaxValue) ?? RequestChecks.Number(body, "max_completion_tokens", 1, int.MaxValue)),
            Tools = Tools(body),
        };
        return new ChatRequest(model, Messages(body), options, isStreamed, hasUsage);
    }

    private static List<AITool> Tools(JsonElement body)
    {
        if (RequestChecks.Optional(body, "tools", JsonValueKind.Array) is not { } array)
        {
            foreach (var name in (string[])["tool_choice", "parallel_tool_calls"])
            {
                if (body.TryGetProperty(name, out _))
                    throw new RequestRefusedException($"'{name}' is only allowed when 'tools' are specified.", name);
            }

            return [];
        }

        var tools = new List<AITool>();
        foreach (var tool in array.EnumerateArray())
        {
            var where = $"tools[{tools.Count}].";
            if (RequestChecks.Text(tool, "type", where) != "function" || RequestChecks.Optional(tool, "function", JsonValueKind.Object) is not { } function)
                throw new RequestRefusedException($"Missing required parameter: '{where}function'.", $"{where}function");
            RequestChecks.OnlyKnown(function, ["name", "description", "parameters", "strict"], $"{where}function.");
            tools.Add(RequestChecks.Tool(function, $"{where}function."));
        }

        return tools;
    }

    private static List<ChatMessage> Messages(JsonElement body)
    {
        if (RequestChecks.Optional(body, "messages", JsonValueKind.Array) is not { } array || array.GetArrayLength() == 0)
            throw new RequestRefusedException("Invalid 'messages': empty array.", "messages", code: "empty_array");
        var messages = new List<ChatMessage>();
        var owed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in array.EnumerateArray())
        {
            var where = $"messages[{messages.Count}].";
            var role = RequestChecks.Text(message, "role", where);
            if (owed.Count > 0 && role != "tool")
                throw new RequestRefusedException("An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.", where + "role");
            messages.Add(role switch
            {
                "system" or "developer" or "user" => new ChatMessage(new ChatRole(role), Content(message, where) ?? throw new RequestRefusedException($"Invalid value for '{where}content': expected a string, got null.", where + "content")),
                "assistant" => Assistant(message, where, owed),
                "tool" => Tool(message, where, owed),
                _ => throw new RequestRefusedException($"Invalid value: '{role}'. Supported values are: 'system', 'assistant', 'user', 'tool', and 'developer'.", where + "role", code: "invalid_value"),
            });
        }

        return owed.Count == 0 ? messages
            : throw new RequestRefusedException("An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.", "messages");
    }

    private static ChatMessage Assistant(JsonElement message, string where, HashSet<string> owed)
    {
        var text = Content(message, where);
        var result = new ChatMessage(ChatRole.Assistant, text ?? "");
        if (RequestChecks.Optional(message, "tool_calls", JsonValueKind.Array) is not { } calls)
            return text is not null ? result : throw new RequestRefusedException($"Invalid value for '{where}content': expected a string, got null.", where + "content");
        foreach (var call in calls.EnumerateArray())
        {
            var id = RequestChecks.Text(call, "id", where + "tool_calls.");
            if (RequestChecks.Text(call, "type", where + "tool_calls.") != "function" || RequestChecks.Optional(call, "function", JsonValueKind.Object) is not { } function)
                throw new RequestRefusedException($"Missing required parameter: '{where}tool_calls.function'.", where + "tool_calls");
            owed.Add(id);
            result.Contents.Add(RequestChecks.Call(id, RequestChecks.FunctionName(function, where), RequestChecks.Text(function, "arguments", where), where));
        }

        return result;
    }

    private static ChatMessage Tool(JsonElement message, string where, HashSet<string> owed)
    {
        var id = RequestChecks.Text(message, "tool_call_id", where);
        return owed.Remove(id)
            ? new ChatMessage(ChatRole.Tool, [new FunctionResultContent(id, Content(message, where))])
            : throw new RequestRefusedException("Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'.", where + "role");
    }

    private static string? Content(JsonElement message, string where)
    {
        if (!message.TryGetProperty("content", out var content) || content.ValueKind == JsonValueKind.Null)
            return null;
        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString(),
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Where(part => RequestChecks.Text(part, "type", where) == "text").Select(part => RequestChecks.Text(part, "text", where))),
            _ => throw new RequestRefusedException($"Invalid type for '{where}content'.", where + "content", code: "invalid_type"),
        };
    }
}
