using System.Text.Json;
using System.Text.RegularExpressions;
using Agent.LoopbackVendors.OpenAi.Chat;
using Microsoft.Extensions.AI;

namespace Agent.LoopbackVendors.Anthropic;

/// <summary>Reads and checks the body of <c>POST /v1/messages</c> (platform.claude.com/docs/en/api/messages, 2026; anthropic-sdk 1.12, <c>MessageCreateParams</c>).</summary>
internal static partial class MessagesReader
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "model", "max_tokens", "messages", "system", "stream", "temperature", "top_p", "top_k", "stop_sequences", "tools", "tool_choice", "metadata", "service_tier",
        "thinking", "cache_control", "container", "output_config", "inference_geo", "diagnostics", "speed",
    };

    private static readonly HashSet<string> s_choices = new(StringComparer.Ordinal) { "auto", "any", "tool", "none" };

    public static ChatRequest Read(JsonElement body, bool takesSampling)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new RequestRefusedException("The request body is not valid JSON.");
        foreach (var property in body.EnumerateObject())
        {
            if (!takesSampling && property.Name is ("temperature" or "top_p" or "top_k"))
                throw new RequestRefusedException($"{property.Name}: this parameter is not supported in API version 2026-10-21");
            if (!s_known.Contains(property.Name))
                throw new RequestRefusedException($"{property.Name}: Extra inputs are not permitted");
        }

        var model = RequestChecks.Text(body, "model");
        if (model.Contains("no-such", StringComparison.Ordinal))
            throw new RequestRefusedException($"model: {model}", status: 404);
        var maxTokens = RequestChecks.Number(body, "max_tokens", 1, 200_000) ?? throw new RequestRefusedException("max_tokens: Field required");
        var tools = Tools(body);
        var messages = System(body);
        messages.AddRange(Messages(body));
        var options = new ChatOptions
        {
            MaxOutputTokens = (int)maxTokens,
            Temperature = (float?)RequestChecks.Number(body, "temperature", 0, 1),
            TopP = (float?)RequestChecks.Number(body, "top_p", 0, 1),
            Tools = tools,
        };
        return new ChatRequest(model, messages, options, RequestChecks.Flag(body, "stream"), HasUsage: true);
    }

    private static List<AITool> Tools(JsonElement body)
    {
        var tools = new List<AITool>();
        foreach (var tool in RequestChecks.Optional(body, "tools", JsonValueKind.Array)?.EnumerateArray() ?? default)
        {
            var where = $"tools.{tools.Count}.";
            RequestChecks.OnlyKnown(tool, ["name", "description", "input_schema", "cache_control", "type", "strict", "eager_input_streaming", "allowed_callers", "defer_loading", "input_examples"], where);
            if (RequestChecks.Optional(tool, "input_schema", JsonValueKind.Object) is not { } schema || RequestChecks.Text(schema, "type", where) != "object")
                throw new RequestRefusedException($"{where}input_schema: Field required");
            tools.Add(RequestChecks.Tool(tool, where));
        }

        if (RequestChecks.Optional(body, "tool_choice", JsonValueKind.Object) is { } choice)
        {
            if (tools.Count == 0)
                throw new RequestRefusedException("tool_choice may only be specified while providing tools.");
            if (!s_choices.Contains(RequestChecks.Text(choice, "type", "tool_choice.")))
                throw new RequestRefusedException("tool_choice: Input tag does not match any of the expected tags");
        }

        return tools;
    }

    private static List<ChatMessage> System(JsonElement body)
    {
        if (!body.TryGetProperty("system", out var system))
            return [];
        var text = system.ValueKind == JsonValueKind.String ? system.GetString()! : string.Concat(system.EnumerateArray().Select(block => RequestChecks.Text(block, "text", "system.")));
        return [new ChatMessage(ChatRole.System, text)];
    }

    private static List<ChatMessage> Messages(JsonElement body)
    {
        if (RequestChecks.Optional(body, "messages", JsonValueKind.Array) is not { } array || array.GetArrayLength() == 0)
            throw new RequestRefusedException("messages: at least one message is required");
        var messages = new List<ChatMessage>();
        var owed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in array.EnumerateArray())
        {
            var where = $"messages.{messages.Count}.";
            RequestChecks.OnlyKnown(message, ["role", "content"], where);
            var role = RequestChecks.Text(message, "role", where);
            if (role is not ("user" or "assistant"))
                throw new RequestRefusedException($"messages: Unexpected role \"{role}\". The Messages API accepts a top-level `system` parameter, not \"system\" as an input message role.");
            if (messages.Count == 0 && role != "user")
                throw new RequestRefusedException("messages: first message must use the \"user\" role");
            messages.Add(new ChatMessage(new ChatRole(role), [.. Contents(message, where, owed)]));
            if (owed.Count > 0 && role == "user")
                throw new RequestRefusedException($"{where}: `tool_use` ids were found without `tool_result` blocks immediately after.");
        }

        if (array[array.GetArrayLength() - 1].GetProperty("role").GetString() != "user")
            throw new RequestRefusedException("This model does not support assistant message prefill. The conversation must end with a user message.");
        return messages;
    }

    private static List<AIContent> Contents(JsonElement message, string where, HashSet<string> owed)
    {
        if (!message.TryGetProperty("content", out var content))
            throw new RequestRefusedException($"{where}content: Field required");
        if (content.ValueKind == JsonValueKind.String)
            return [new TextContent(NotEmpty(content.GetString()!, where))];
        var contents = new List<AIContent>();
        foreach (var block in content.EnumerateArray())
        {
            switch (RequestChecks.Text(block, "type", where))
            {
                case "text":
                    contents.Add(new TextContent(NotEmpty(RequestChecks.Text(block, "text", where), where)));
                    break;
                case "tool_use":
                    var id = RequestChecks.Text(block, "id", where);
                    if (!IdPattern().IsMatch(id))
                        throw new RequestRefusedException($"{where}id: String should match pattern '^[a-zA-Z0-9_-]+$'");
                    owed.Add(id);
                    contents.Add(RequestChecks.Call(id, RequestChecks.FunctionName(block, where), RequestChecks.Optional(block, "input", JsonValueKind.Object)?.GetRawText() ?? throw new RequestRefusedException($"{where}input: Field required"), where));
                    break;
                case "tool_result":
                    if (contents.Exists(static each => each is not FunctionResultContent))
                        throw new RequestRefusedException($"{where}: tool_result blocks must come first in the content.");
                    if (!owed.Remove(RequestChecks.Text(block, "tool_use_id", where)))
                        throw new RequestRefusedException($"{where}: unexpected `tool_use_id` found in `tool_result` blocks.");
                    contents.Add(new FunctionResultContent(block.GetProperty("tool_use_id").GetString()!, block.TryGetProperty("content", out var result) ? result.ToString() : ""));
                    break;
                case var type:
                    throw new RequestRefusedException($"{where}content: Input tag '{type}' does not match any of the expected tags");
            }
        }

        return contents.Count > 0 ? contents : throw new RequestRefusedException($"{where}content: at least one block is required");
    }

    private static string NotEmpty(string text, string where) =>
        string.IsNullOrWhiteSpace(text) ? throw new RequestRefusedException($"{where}: text content blocks must contain non-whitespace text") : text;

    [GeneratedRegex("^[a-zA-Z0-9_-]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex IdPattern();
}
