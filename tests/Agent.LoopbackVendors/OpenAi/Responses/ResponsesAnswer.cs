using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.OpenAi.Chat;
using Agent.LoopbackVendors.Serving;
using Microsoft.Extensions.AI;

namespace Agent.LoopbackVendors.OpenAi.Responses;

/// <summary>Answers as events or as one response (platform.openai.com/docs/api-reference/responses-streaming; openai-node 7.57, <c>ResponseStreamEvent</c>).</summary>
internal sealed class ResponsesAnswer
{
    private readonly LoopbackBody? _body;
    private readonly ChatRequest _request;
    private readonly JsonArray _output = [];
    private readonly string _id = $"resp_{Guid.NewGuid():n}";
    private int _sequence;
    private int _tokens;

    private ResponsesAnswer(LoopbackBody? body, ChatRequest request)
    {
        _body = body;
        _request = request;
    }

    public static async Task WriteAsync(LoopbackConnection connection, VendorWorld world, ChatRequest request)
    {
        if (!request.IsStreamed)
        {
            await connection.BeforeMessageAsync(connection.Aborted);
            var whole = new ResponsesAnswer(null, request);
            await whole.StreamAsync(world, connection.Aborted);
            await connection.Context.Response.WriteAsJsonAsync(whole.Response("completed"), connection.Aborted);
            connection.Request.Note("completed");
            return;
        }

        connection.Context.Response.ContentType = "text/event-stream; charset=utf-8";
        var body = new LoopbackBody(
            connection,
            "event: response.unheard\ndata: {\"type\":\"response.unheard\",\"delta\":{\"words\":[]},\"sequence_number\":0}\n\n"u8.ToArray(),
            "event: error\ndata: {\"type\":\"error\",\"code\":\"server_error\",\"message\":\"The server had an error while processing your request.\",\"param\":null,\"sequence_number\":0}\n\n"u8.ToArray());
        await new ResponsesAnswer(body, request).StreamAsync(world, connection.Aborted);
        body.Complete();
    }

    private async Task StreamAsync(VendorWorld world, CancellationToken cancellationToken)
    {
        await SendAsync("response.created", new JsonObject { ["response"] = Response("in_progress") });
        var calls = new List<FunctionCallContent>();
        var said = new StringBuilder();
        var itemId = $"msg_{Guid.NewGuid():n}";
        var end = "response.completed";
        var isRefused = false;
        try
        {
            await foreach (var update in world.Engines.Dialogue.GetStreamingResponseAsync(_request.Messages, _request.Options, cancellationToken))
            {
                foreach (var content in update.Contents)
                {
                    if (content is FunctionCallContent call)
                        calls.Add(call);
                    if (content is ErrorContent error)
                    {
                        isRefused = true;
                        await SendAsync("response.refusal.delta", Part(itemId, ("delta", error.Message)));
                    }

                    if (content is not TextContent { Text.Length: > 0 } text)
                        continue;
                    if (said.Length == 0)
                        await BeginTextAsync(itemId);
                    said.Append(text.Text);
                    _tokens++;
                    var delta = Part(itemId, ("delta", text.Text));
                    delta["logprobs"] = new JsonArray();
                    await SendAsync("response.output_text.delta", delta);
                }

                if (update.FinishReason == ChatFinishReason.Length)
                    end = "response.incomplete";
                if (_body?.IsOver == true)
                    break;
            }
        }
        catch (OperationCanceledException) when (_body is not null)
        {
            // The client is gone.
            return;
        }

        if (said.Length > 0)
            await EndTextAsync(itemId, said.ToString());
        foreach (var call in calls)
            await CallAsync(call);
        _tokens += isRefused ? 1 : 0;
        await SendAsync(end, new JsonObject { ["response"] = Response(end == "response.completed" ? "completed" : "incomplete") });
    }

    private async Task BeginTextAsync(string itemId)
    {
        await SendAsync("response.output_item.added", new JsonObject { ["output_index"] = _output.Count, ["item"] = Message(itemId, "in_progress", null) });
        var added = Part(itemId);
        added["part"] = new JsonObject { ["type"] = "output_text", ["text"] = "", ["annotations"] = new JsonArray() };
        await SendAsync("response.content_part.added", added);
    }

    private async Task EndTextAsync(string itemId, string text)
    {
        var done = Part(itemId, ("text", text));
        done["logprobs"] = new JsonArray();
        await SendAsync("response.output_text.done", done);
        var part = Part(itemId);
        part["part"] = new JsonObject { ["type"] = "output_text", ["text"] = text, ["annotations"] = new JsonArray() };
        await SendAsync("response.content_part.done", part);
        await SendAsync("response.output_item.done", new JsonObject { ["output_index"] = _output.Count, ["item"] = Message(itemId, "completed", text) });
        _output.Add(Message(itemId, "completed", text));
    }

    private async Task CallAsync(FunctionCallContent call)
    {
        _tokens++;
        var itemId = $"fc_{Guid.NewGuid():n}";
        var arguments = JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>());
        await SendAsync("response.output_item.added", new JsonObject { ["output_index"] = _output.Count, ["item"] = Call(itemId, "in_progress", call, "") });
        foreach (var piece in arguments.Chunk(Math.Max(1, (arguments.Length / 3) + 1)))
            await SendAsync("response.function_call_arguments.delta", new JsonObject { ["item_id"] = itemId, ["output_index"] = _output.Count, ["delta"] = new string(piece) });
        await SendAsync("response.function_call_arguments.done", new JsonObject { ["item_id"] = itemId, ["output_index"] = _output.Count, ["name"] = call.Name, ["arguments"] = arguments });
        await SendAsync("response.output_item.done", new JsonObject { ["output_index"] = _output.Count, ["item"] = Call(itemId, "completed", call, arguments) });
        _output.Add(Call(itemId, "completed", call, arguments));
    }

    private JsonObject Part(string itemId, params (string Name, string Value)[] more)
    {
        var part = new JsonObject { ["item_id"] = itemId, ["output_index"] = _output.Count, ["content_index"] = 0 };
        foreach (var (name, value) in more)
            part[name] = value;
        return part;
    }

    private static JsonObject Message(string id, string status, string? text) => new()
    {
        ["id"] = id,
        ["type"] = "message",
        ["status"] = status,
        ["role"] = "assistant",
        ["content"] = text is null ? new JsonArray() : new JsonArray(new JsonObject { ["type"] = "output_text", ["text"] = text, ["annotations"] = new JsonArray() }),
    };

    private static JsonObject Call(string id, string status, FunctionCallContent call, string arguments) =>
        new() { ["id"] = id, ["type"] = "function_call", ["status"] = status, ["call_id"] = call.CallId, ["name"] = call.Name, ["arguments"] = arguments };

    private JsonObject Response(string status)
    {
        var isOver = status is "completed" or "incomplete";
        var input = _request.Messages.Sum(message => 4 + (message.Text.Length / 4));
        return new JsonObject
        {
            ["id"] = _id,
            ["object"] = "response",
            ["created_at"] = 1,
            ["status"] = status,
            ["error"] = null,
            ["incomplete_details"] = status == "incomplete" ? new JsonObject { ["reason"] = "max_output_tokens" } : null,
            ["instructions"] = null,
            ["model"] = _request.Model,
            ["output"] = _output.DeepClone(),
            ["parallel_tool_calls"] = true,
            ["tool_choice"] = "auto",
            ["tools"] = new JsonArray(),
            ["usage"] = !isOver ? null : new JsonObject
            {
                ["input_tokens"] = input,
                ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = input / 2 },
                ["output_tokens"] = _tokens,
                ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
                ["total_tokens"] = input + _tokens,
            },
        };
    }

    private Task SendAsync(string type, JsonObject data)
    {
        data.Insert(0, "type", type);
        data["sequence_number"] = _sequence++;
        return _body?.WriteAsync(Encoding.UTF8.GetBytes($"event: {type}\ndata: {data.ToJsonString()}\n\n")) ?? Task.CompletedTask;
    }
}
