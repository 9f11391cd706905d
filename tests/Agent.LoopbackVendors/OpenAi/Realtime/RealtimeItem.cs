using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Agent.LoopbackVendors.OpenAi.Realtime;

/// <summary>One item of the conversation, as the vendor keeps it.</summary>
internal sealed class RealtimeItem
{
    public RealtimeItem(string id, JsonObject shape)
    {
        Id = id;
        Shape = shape;
        Shape["id"] = id;
        Shape["object"] = "realtime.item";
    }

    public string Id { get; }

    /// <summary>The item as it is told to the client.</summary>
    public JsonObject Shape { get; }

    public string Type => (string)Shape["type"]!;

    /// <summary>What is said in it, once known.</summary>
    public Task<string> Words { get; init; } = Task.FromResult("");

    /// <summary>What of it was said or heard, where that is less.</summary>
    public string? Said { get; set; }

    /// <summary>How long the assistant's sound in it is, in milliseconds.</summary>
    public long AudioMs { get; set; }

    /// <summary>The item as a language model wants it.</summary>
    public async Task<ChatMessage> ToMessageAsync()
    {
        switch (Type)
        {
            case "function_call":
                var arguments = JsonNode.Parse((string?)Shape["arguments"] ?? "{}")!.AsObject().ToDictionary(p => p.Key, p => (object?)p.Value?.DeepClone(), StringComparer.Ordinal);
                return new ChatMessage(ChatRole.Assistant, [new FunctionCallContent((string?)Shape["call_id"] ?? "", (string)Shape["name"]!, arguments)]);
            case "function_call_output":
                return new ChatMessage(ChatRole.Tool, [new FunctionResultContent((string)Shape["call_id"]!, (string)Shape["output"]!)]);
            default:
                var role = (string)Shape["role"]! switch { "user" => ChatRole.User, "assistant" => ChatRole.Assistant, _ => ChatRole.System };
                return new ChatMessage(role, Said ?? await Words);
        }
    }
}
