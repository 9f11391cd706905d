using System.Text.Json;
using Agent.Providers.LanguageModels;
using Microsoft.Extensions.AI;

namespace Agent.Providers.Anthropic;

/// <summary>What one party says in a row.</summary>
internal sealed class MessagesTurn(bool isUser)
{
    private readonly List<AIContent> _contents = [];

    internal bool IsUser { get; } = isUser;

    internal void Add(AIContent content) => _contents.Add(content);

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("role", IsUser ? "user" : "assistant");
        json.WriteStartArray("content");

        // Results have to come first in the turn after the calls.
        foreach (var content in _contents.OrderBy(content => content is FunctionResultContent ? 0 : 1))
        {
            json.WriteStartObject();
            switch (content)
            {
                case FunctionResultContent result:
                    json.WriteString("type", "tool_result");
                    json.WriteString("tool_use_id", Id(result.CallId));
                    json.WriteString("content", ToolCallJson.Result(result));
                    break;
                case FunctionCallContent call:
                    json.WriteString("type", "tool_use");
                    json.WriteString("id", Id(call.CallId));
                    json.WriteString("name", call.Name);
                    json.WritePropertyName("input");
                    json.WriteRawValue(ToolCallJson.Arguments(call));
                    break;
                default:
                    json.WriteString("type", "text");
                    json.WriteString("text", ((TextContent)content).Text);
                    break;
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Calls that another vendor's model has made may have names that Anthropic refuses.</summary>
    private static string Id(string id) => string.Concat(id.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
}
