using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Serving;
using Microsoft.Extensions.AI;

namespace Agent.LoopbackVendors.OpenAi.Chat;

/// <summary>Answers as <c>chat.completion.chunk</c> events or as one <c>chat.completion</c> (platform.openai.com/docs/api-reference/chat-streaming; openai-node 7.57).</summary>
internal sealed class ChatAnswer
{
    private const int ArgumentPieces = 3;

    private readonly LoopbackBody _body;
    private readonly ChatRequest _request;
    private readonly ChatStyle _style;
    private readonly string _id = $"chatcmpl-{Guid.NewGuid():n}";
    private int _pieces;

    private ChatAnswer(LoopbackBody body, ChatRequest request, ChatStyle style)
    {
        _body = body;
        _request = request;
        _style = style;
    }

    private bool IsBare => _style == ChatStyle.Bare;

    public static async Task WriteAsync(LoopbackConnection connection, VendorWorld world, ChatRequest request, ChatStyle style)
    {
        if (!request.IsStreamed)
        {
            await WriteWholeAsync(connection, world, request);
            return;
        }

        connection.Context.Response.ContentType = "text/event-stream; charset=utf-8";
        var body = new LoopbackBody(
            connection,
            "data: {\"object\":\"chat.completion.unheard\",\"choices\":[],\"detail\":{\"words\":[]}}\n\n"u8.ToArray(),
            "data: {\"error\":{\"message\":\"The server had an error while processing your request.\",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n"u8.ToArray());
        await new ChatAnswer(body, request, style).StreamAsync(world, connection.Aborted);
        body.Complete();
    }

    private static async Task WriteWholeAsync(LoopbackConnection connection, VendorWorld world, ChatRequest request)
    {
        await connection.BeforeMessageAsync(connection.Aborted);
        var response = await world.Engines.Dialogue.GetResponseAsync(request.Messages, request.Options, connection.Aborted);
        var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToArray();
        var message = new JsonObject { ["role"] = "assistant", ["content"] = calls.Length > 0 && response.Text.Length == 0 ? null : response.Text, ["refusal"] = null };
        if (calls.Length > 0)
            message["tool_calls"] = new JsonArray([.. calls.Select(call => (JsonNode)new JsonObject { ["id"] = call.CallId, ["type"] = "function", ["function"] = Function(call.Name, Arguments(call)) })]);
        await connection.Context.Response.WriteAsJsonAsync(
            new JsonObject
            {
                ["id"] = $"chatcmpl-{Guid.NewGuid():n}",
                ["object"] = "chat.completion",
                ["created"] = world.Time.GetUtcNow().ToUnixTimeSeconds(),
                ["model"] = request.Model,
                ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["logprobs"] = null, ["finish_reason"] = calls.Length > 0 ? "tool_calls" : "stop" }),
                ["usage"] = Usage(request, 1),
            },
            connection.Aborted);
        connection.Request.Note("completed");
    }

    private async Task StreamAsync(VendorWorld world, CancellationToken cancellationToken)
    {
        if (_style == ChatStyle.Azure)
            await SendAsync(new JsonObject { ["choices"] = new JsonArray(), ["created"] = 0, ["id"] = "", ["model"] = "", ["object"] = "", ["prompt_filter_results"] = new JsonArray(new JsonObject { ["prompt_index"] = 0, ["content_filter_results"] = new JsonObject() }) });
        if (!IsBare)
            await SendAsync(Chunk(new JsonObject { ["role"] = "assistant", ["content"] = "", ["refusal"] = null }));
        var calls = new List<FunctionCallContent>();
        string? finish = null;
        try
        {
            await foreach (var update in world.Engines.Dialogue.GetStreamingResponseAsync(_request.Messages, _request.Options, cancellationToken))
            {
                foreach (var content in update.Contents)
                {
                    if (content is FunctionCallContent call)
                        calls.Add(call);
                    if (content is ErrorContent error)
                        (finish, _) = ("stop", await RefuseAsync(error.Message));
                    if (content is TextContent { Text.Length: > 0 } text)
                        await SendAsync(Chunk(new JsonObject { ["content"] = text.Text }));
                }

                finish = update.FinishReason?.Value ?? finish;
                if (_body.IsOver)
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // The client is gone.
            return;
        }

        for (var i = 0; i < calls.Count; i++)
            await SendCallAsync(i, calls[i]);
        await SendAsync(Chunk(new JsonObject(), calls.Count > 0 ? "tool_calls" : finish ?? "stop"));
        if (_request.HasUsage && !IsBare)
            await SendAsync(new JsonObject { ["id"] = _id, ["object"] = "chat.completion.chunk", ["created"] = 1, ["model"] = _request.Model, ["choices"] = new JsonArray(), ["usage"] = Usage(_request, _pieces) });
        if (!IsBare)
            await _body.WriteAsync("data: [DONE]\n\n"u8.ToArray());
    }

    private async Task<bool> RefuseAsync(string words)
    {
        await SendAsync(Chunk(new JsonObject { ["refusal"] = words }));
        return true;
    }

    private async Task SendCallAsync(int index, FunctionCallContent call)
    {
        var arguments = Arguments(call);
        if (_style == ChatStyle.SameIndex)
        {
            var whole = new JsonObject { ["index"] = 0, ["id"] = call.CallId, ["type"] = "function", ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = JsonNode.Parse(arguments) } };
            await SendAsync(Chunk(new JsonObject { ["tool_calls"] = new JsonArray(whole) }));
            return;
        }

        if (IsBare)
        {
            await SendAsync(Chunk(new JsonObject { ["tool_calls"] = new JsonArray(new JsonObject { ["type"] = "function", ["function"] = Function(call.Name, arguments) }) }));
            return;
        }

        await SendAsync(Chunk(new JsonObject { ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = index, ["id"] = call.CallId, ["type"] = "function", ["function"] = Function(call.Name, "") }) }));
        var size = Math.Max(1, (arguments.Length + ArgumentPieces - 1) / ArgumentPieces);
        foreach (var piece in arguments.Chunk(size))
            await SendAsync(Chunk(new JsonObject { ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = index, ["function"] = new JsonObject { ["arguments"] = new string(piece) } }) }));
    }

    private JsonObject Chunk(JsonObject delta, string? finish = null)
    {
        _pieces++;
        if (IsBare)
        {
            delta["role"] = "assistant";
            return new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["delta"] = delta, ["finish_reason"] = finish }) };
        }

        var choice = new JsonObject { ["index"] = 0, ["delta"] = delta, ["logprobs"] = null, ["finish_reason"] = finish };
        if (_style == ChatStyle.Azure)
            choice["content_filter_results"] = new JsonObject();
        var chunk = new JsonObject { ["id"] = _id, ["object"] = "chat.completion.chunk", ["created"] = 1, ["model"] = _request.Model, ["service_tier"] = "default", ["choices"] = new JsonArray(choice) };
        if (_request.HasUsage)
            chunk["usage"] = null;
        return chunk;
    }

    private Task SendAsync(JsonObject data) =>
        _body.WriteAsync(Encoding.UTF8.GetBytes(IsBare ? $": processing\ndata:{data.ToJsonString()}\r\n" : $"data: {data.ToJsonString()}\n\n"));

    private static JsonObject Function(string name, string arguments) => new() { ["name"] = name, ["arguments"] = arguments };

    private static string Arguments(FunctionCallContent call) => JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>());

    private static JsonObject Usage(ChatRequest request, int pieces)
    {
        var input = request.Messages.Sum(message => 4 + (message.Text.Length / 4));
        return new JsonObject
        {
            ["prompt_tokens"] = input,
            ["completion_tokens"] = pieces,
            ["total_tokens"] = input + pieces,
            ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = input / 2, ["audio_tokens"] = 0 },
            ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0, ["audio_tokens"] = 0, ["accepted_prediction_tokens"] = 0, ["rejected_prediction_tokens"] = 0 },
        };
    }
}
