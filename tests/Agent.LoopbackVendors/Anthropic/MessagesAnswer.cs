using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.OpenAi.Chat;
using Agent.LoopbackVendors.Serving;
using Microsoft.Extensions.AI;

namespace Agent.LoopbackVendors.Anthropic;

/// <summary>Answers as events or as one message (platform.claude.com/docs/en/build-with-claude/streaming, 2026; anthropic-sdk 1.12, <c>RawMessageStreamEvent</c>).</summary>
internal sealed class MessagesAnswer
{
    private readonly LoopbackBody _body;
    private readonly ChatRequest _request;
    private readonly string _id = $"msg_{Guid.NewGuid():n}";
    private int _block = -1;
    private bool _isTextOpen;
    private int _tokens;

    private MessagesAnswer(LoopbackBody body, ChatRequest request)
    {
        _body = body;
        _request = request;
    }

    public static async Task WriteAsync(LoopbackConnection connection, VendorWorld world, ChatRequest request)
    {
        if (!request.IsStreamed)
        {
            await WriteWholeAsync(connection, world, request);
            return;
        }

        connection.Context.Response.ContentType = "text/event-stream; charset=utf-8";
        var body = new LoopbackBody(
            connection,
            "event: unheard\ndata: {\"type\":\"unheard\",\"detail\":{\"words\":[]}}\n\n"u8.ToArray(),
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n"u8.ToArray());
        await new MessagesAnswer(body, request).StreamAsync(world, connection.Aborted);
        body.Complete();
    }

    private static async Task WriteWholeAsync(LoopbackConnection connection, VendorWorld world, ChatRequest request)
    {
        await connection.BeforeMessageAsync(connection.Aborted);
        var response = await world.Engines.Dialogue.GetResponseAsync(request.Messages, request.Options, connection.Aborted);
        var content = new JsonArray();
        if (response.Text.Length > 0)
            content.Add(new JsonObject { ["type"] = "text", ["text"] = response.Text });
        var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToArray();
        foreach (var call in calls)
            content.Add(new JsonObject { ["type"] = "tool_use", ["id"] = call.CallId, ["name"] = call.Name, ["input"] = JsonSerializer.SerializeToNode(call.Arguments) });
        await connection.Context.Response.WriteAsJsonAsync(
            new JsonObject
            {
                ["id"] = $"msg_{Guid.NewGuid():n}",
                ["type"] = "message",
                ["role"] = "assistant",
                ["model"] = request.Model,
                ["content"] = content,
                ["stop_reason"] = calls.Length > 0 ? "tool_use" : "end_turn",
                ["stop_sequence"] = null,
                ["usage"] = Usage(request, 1),
            },
            connection.Aborted);
        connection.Request.Note("completed");
    }

    private async Task StreamAsync(VendorWorld world, CancellationToken cancellationToken)
    {
        await SendAsync("message_start", new JsonObject
        {
            ["message"] = new JsonObject
            {
                ["id"] = _id,
                ["type"] = "message",
                ["role"] = "assistant",
                ["model"] = _request.Model,
                ["content"] = new JsonArray(),
                ["stop_reason"] = null,
                ["stop_sequence"] = null,
                ["usage"] = Usage(_request, 1),
            },
        });
        var calls = new List<FunctionCallContent>();
        var reason = "end_turn";
        var isFirst = true;
        try
        {
            await foreach (var update in world.Engines.Dialogue.GetStreamingResponseAsync(_request.Messages, _request.Options, cancellationToken))
            {
                foreach (var content in update.Contents)
                {
                    if (content is FunctionCallContent call)
                        calls.Add(call);
                    if (content is ErrorContent)
                        reason = "refusal";
                    if (content is not TextContent { Text.Length: > 0 } text)
                        continue;
                    await TextAsync(text.Text);
                    if (isFirst)
                        await SendAsync("ping", []);
                    isFirst = false;
                }

                if (update.FinishReason == ChatFinishReason.Length)
                    reason = "max_tokens";
                if (_body.IsOver)
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // The client is gone.
            return;
        }

        await CloseTextAsync();
        foreach (var call in calls)
            await CallAsync(call);
        await SendAsync("message_delta", new JsonObject
        {
            ["delta"] = new JsonObject { ["stop_reason"] = calls.Count > 0 ? "tool_use" : reason, ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = _tokens + 1 },
        });
        await SendAsync("message_stop", []);
    }

    private async Task TextAsync(string text)
    {
        if (!_isTextOpen)
        {
            _isTextOpen = true;
            await SendAsync("content_block_start", new JsonObject { ["index"] = ++_block, ["content_block"] = new JsonObject { ["type"] = "text", ["text"] = "" } });
        }

        _tokens++;
        await SendAsync("content_block_delta", new JsonObject { ["index"] = _block, ["delta"] = new JsonObject { ["type"] = "text_delta", ["text"] = text } });
    }

    private async Task CloseTextAsync()
    {
        if (_isTextOpen)
            await SendAsync("content_block_stop", new JsonObject { ["index"] = _block });
        _isTextOpen = false;
    }

    private async Task CallAsync(FunctionCallContent call)
    {
        _tokens++;
        await SendAsync("content_block_start", new JsonObject
        {
            ["index"] = ++_block,
            ["content_block"] = new JsonObject { ["type"] = "tool_use", ["id"] = call.CallId, ["name"] = call.Name, ["input"] = new JsonObject() },
        });
        var arguments = call.Arguments is { Count: > 0 } given ? JsonSerializer.Serialize(given) : "";
        foreach (var piece in arguments.Chunk(Math.Max(1, (arguments.Length / 3) + 1)).Select(static piece => new string(piece)).Prepend(""))
            await SendAsync("content_block_delta", new JsonObject { ["index"] = _block, ["delta"] = new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = piece } });
        await SendAsync("content_block_stop", new JsonObject { ["index"] = _block });
    }

    private Task SendAsync(string type, JsonObject data)
    {
        data.Insert(0, "type", type);
        return _body.WriteAsync(Encoding.UTF8.GetBytes($"event: {type}\ndata: {data.ToJsonString()}\n\n"));
    }

    private static JsonObject Usage(ChatRequest request, int output)
    {
        var input = request.Messages.Sum(message => 4 + (message.Text.Length / 4));
        return new JsonObject { ["input_tokens"] = input / 2, ["cache_creation_input_tokens"] = 3, ["cache_read_input_tokens"] = input - (input / 2), ["output_tokens"] = output, ["service_tier"] = "standard" };
    }
}
