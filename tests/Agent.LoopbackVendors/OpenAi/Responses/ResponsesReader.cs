using System.Text.Json;
using Agent.LoopbackVendors.OpenAi.Chat;
using Microsoft.Extensions.AI;

namespace Agent.LoopbackVendors.OpenAi.Responses;

/// <summary>Reads and checks the body of <c>POST /responses</c> (platform.openai.com/docs/api-reference/responses/create; openai-node 7.57, <c>ResponseCreateParams</c>).</summary>
internal static class ResponsesReader
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "model", "input", "instructions", "stream", "stream_options", "store", "tools", "tool_choice", "parallel_tool_calls", "temperature", "top_p", "max_output_tokens",
        "reasoning", "text", "metadata", "user", "include", "previous_response_id", "service_tier", "truncation", "background", "max_tool_calls", "prompt",
        "prompt_cache_key", "prompt_cache_retention", "safety_identifier", "top_logprobs", "conversation", "context_management",
    };

    public static ChatRequest Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new RequestRefusedException("We could not parse the JSON body of your request.");
        RequestChecks.OnlyKnown(body, s_known);
        var model = RequestChecks.Text(body, "model");
        if (model.Contains("no-such", StringComparison.Ordinal))
            throw new RequestRefusedException($"The requested model '{model}' does not exist.", "model", code: "model_not_found");
        var options = new ChatOptions
        {
            Temperature = (float?)RequestChecks.Number(body, "temperature", 0, 2),
            TopP = (float?)RequestChecks.Number(body, "top_p", 0, 1),
            MaxOutputTokens = (int?)RequestChecks.Number(body, "max_output_tokens", 16, int.MaxValue),
            Tools = Tools(body),
        };
        var messages = Messages(body);
        if (RequestChecks.Optional(body, "instructions", JsonValueKind.String) is { } instructions)
            messages.Insert(0, new ChatMessage(ChatRole.System, instructions.GetString()));
        return new ChatRequest(model, messages, options, RequestChecks.Flag(body, "stream"), HasUsage: true);
    }

    private static List<AITool> Tools(JsonElement body)
    {
        var tools = new List<AITool>();
        foreach (var tool in RequestChecks.Optional(body, "tools", JsonValueKind.Array)?.EnumerateArray() ?? default)
        {
            var where = $"tools[{tools.Count}].";
            if (RequestChecks.Text(tool, "type", where) != "function")
                throw new RequestRefusedException($"Invalid value for '{where}type'.", where + "type", code: "invalid_value");
            RequestChecks.OnlyKnown(tool, ["type", "name", "description", "parameters", "strict"], where);
            tools.Add(RequestChecks.Tool(tool, where));
        }

        return tools;
    }

    private static List<ChatMessage> Messages(JsonElement body)
    {
        if (!body.TryGetProperty("input", out var input))
            throw new RequestRefusedException("Missing required parameter: 'input'.", "input", code: "missing_required_parameter");
        if (input.ValueKind == JsonValueKind.String)
            return [new ChatMessage(ChatRole.User, input.GetString())];
        var messages = new List<ChatMessage>();
        var calls = new HashSet<string>(StringComparer.Ordinal);
        var answered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in input.EnumerateArray())
        {
            var where = $"input[{messages.Count}].";
            var type = item.TryGetProperty("type", out var given) ? given.GetString() : "message";
            messages.Add(type switch
            {
                "message" => Message(item, where),
                "function_call" => new ChatMessage(ChatRole.Assistant, [Call(item, where, calls)]),
                "function_call_output" => new ChatMessage(ChatRole.Tool, [Output(item, where, calls, answered)]),
                "reasoning" => new ChatMessage(ChatRole.Assistant, []),
                _ => throw new RequestRefusedException($"Invalid value: '{type}'.", where + "type", code: "invalid_value"),
            });
        }

        return calls.IsSubsetOf(answered) ? messages
            : throw new RequestRefusedException($"No tool output found for function call {calls.Except(answered).First()}.", "input");
    }

    private static FunctionCallContent Call(JsonElement item, string where, HashSet<string> calls)
    {
        var id = RequestChecks.Text(item, "call_id", where);
        calls.Add(id);
        return RequestChecks.Call(id, RequestChecks.FunctionName(item, where), RequestChecks.Text(item, "arguments", where), where);
    }

    private static FunctionResultContent Output(JsonElement item, string where, HashSet<string> calls, HashSet<string> answered)
    {
        var id = RequestChecks.Text(item, "call_id", where);
        if (!calls.Contains(id))
            throw new RequestRefusedException($"No tool call found for function call output with call_id {id}.", "input");
        answered.Add(id);
        return new FunctionResultContent(id, RequestChecks.Text(item, "output", where));
    }

    private static ChatMessage Message(JsonElement item, string where)
    {
        var role = RequestChecks.Text(item, "role", where);
        if (role is not ("system" or "developer" or "user" or "assistant"))
            throw new RequestRefusedException($"Invalid value: '{role}'.", where + "role", code: "invalid_value");
        if (!item.TryGetProperty("content", out var content))
            throw new RequestRefusedException($"Missing required parameter: '{where}content'.", where + "content", code: "missing_required_parameter");
        if (content.ValueKind == JsonValueKind.String)
            return new ChatMessage(new ChatRole(role), content.GetString());
        var expected = role == "assistant" ? "output_text" : "input_text";
        return new ChatMessage(new ChatRole(role), string.Concat(content.EnumerateArray().Select(part =>
            RequestChecks.Text(part, "type", where) == expected
                ? RequestChecks.Text(part, "text", where)
                : throw new RequestRefusedException($"Invalid value: '{part.GetProperty("type")}'. Supported values are: '{expected}'.", where + "content", code: "invalid_value"))));
    }
}
