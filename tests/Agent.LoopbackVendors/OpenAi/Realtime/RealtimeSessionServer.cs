using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.OpenAi.RealtimeTranscription;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.OpenAi.Realtime;

/// <summary>
/// A speech-to-speech session of the Realtime API: reads the client's events and answers as the vendor does. Source:
/// https://developers.openai.com/api/reference/resources/realtime/client-events and …/server-events (openai 7.57.0, <c>RealtimeClientEvent</c>, <c>RealtimeServerEvent</c>).
/// </summary>
internal sealed class RealtimeSessionServer
{
    public const string Endpoint = "openai/realtime";

    private const int MaxAppendBytes = 15 * 1024 * 1024;

    private static readonly SocketFaultMessages s_faults = new(
        Encoding.UTF8.GetBytes("""{"type":"response.dreamt","event_id":"event_unknown","response_id":"resp_0"}"""),
        Encoding.UTF8.GetBytes("""{"type":"error","event_id":"event_error","error":{"type":"server_error","code":null,"message":"The server had an error while processing your request.","param":null,"event_id":null}}"""));

    private readonly SessionEvents _events;
    private readonly RealtimeSettings _settings;
    private readonly RealtimeItems _items;
    private readonly RealtimeVoice _voice;
    private readonly RealtimeEar _ear;

    private RealtimeSessionServer(LoopbackSocket socket, VendorWorld world, string model)
    {
        _events = new SessionEvents(socket);
        _settings = new RealtimeSettings(model);
        _items = new RealtimeItems(_events);
        _voice = new RealtimeVoice(world.Engines, _events, _settings, _items, world.Time);
        _ear = new RealtimeEar(world.Engines.Recogniser, _events, _settings, _items)
        {
            OnStarted = () => _settings.InterruptsResponse ? _voice.InterruptAsync() : Task.CompletedTask,
            OnTurnEnded = () => _answerWanted = _settings.CreatesResponse,
        };
    }

    private bool _answerWanted;

    public static async Task ServeAsync(HttpContext context, VendorWorld world)
    {
        if (await OpenAiAnswers.BeginAsync(world, context, Endpoint) is not { } connection)
            return;
        using var socket = await LoopbackSocket.AcceptAsync(connection, s_faults);
        if (socket is null)
            return;
        await new RealtimeSessionServer(socket, world, context.Request.Query["model"].ToString()).ServeAsync(socket);
    }

    private async Task ServeAsync(LoopbackSocket socket)
    {
        await _events.SendAsync("session.created", new JsonObject { ["session"] = _settings.Describe() });
        while (await socket.ReceiveAsync(socket.Aborted) is { } message)
        {
            if (message.Type != WebSocketMessageType.Text)
                await _events.ErrorAsync("invalid_event", "Binary messages are not supported.", param: null, eventId: null);
            else if (Parse(message.Bytes) is not { } received)
                await _events.ErrorAsync("invalid_json", "We could not parse the JSON body of your event.", param: null, eventId: null);
            else
                await TakeAsync(received, socket.Request);
        }

        await _voice.DisposeAsync();
        await _ear.DisposeAsync();
    }

    private static JsonObject? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonNode.Parse(bytes.Span) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonNode? node) => (node as JsonValue)?.GetValueKind() == JsonValueKind.String ? (string?)node : null;

    private async Task TakeAsync(JsonObject received, VendorRequest request)
    {
        var eventId = Text(received["event_id"]);
        var type = Text(received["type"]);
        request.Note(type ?? "?");
        switch (type)
        {
            case "session.update": await UpdateAsync(received, eventId); break;
            case "input_audio_buffer.append": await AppendAsync(received, eventId); break;
            case "input_audio_buffer.commit": await _ear.CommitAsync(eventId); break;
            case "input_audio_buffer.clear": await _ear.ClearAsync(); break;
            case "conversation.item.create": await _items.CreateAsync(received, eventId); break;
            case "conversation.item.delete": await _items.DeleteAsync(received, eventId); break;
            case "conversation.item.retrieve": await _items.RetrieveAsync(received, eventId); break;
            case "conversation.item.truncate": await _items.TruncateAsync(received, eventId); break;
            case "response.create": await _voice.CreateAsync(received["response"] as JsonObject, eventId); break;
            case "response.cancel": await _voice.CancelAsync(received, eventId); break;
            case null: await _events.ErrorAsync("missing_required_parameter", "Missing required parameter: 'type'.", "type", eventId); break;
            default: await _events.ErrorAsync("invalid_value", $"Invalid value: '{type}'.", "type", eventId); break;
        }
    }

    private async Task UpdateAsync(JsonObject received, string? eventId)
    {
        if (_settings.Update(received, _voice.HasSpoken) is { } refusal)
            await _events.ErrorAsync(refusal.Code, refusal.Message, refusal.Param, eventId);
        else
            await _events.SendAsync("session.updated", new JsonObject { ["session"] = _settings.Describe() });
    }

    private async Task AppendAsync(JsonObject received, string? eventId)
    {
        if (Text(received["audio"]) is not { } text)
        {
            await _events.ErrorAsync("missing_required_parameter", "Missing required parameter: 'audio'.", "audio", eventId);
            return;
        }

        var bytes = new byte[(text.Length * 3 / 4) + 3];
        if (!Convert.TryFromBase64String(text, bytes, out var count) || count % 2 != 0 || count > MaxAppendBytes)
        {
            await _events.ErrorAsync("invalid_value", "Invalid 'audio'. Expected base64-encoded audio bytes (mono PCM16 at 24kHz) but got an invalid value.", "audio", eventId);
            return;
        }

        await _ear.AppendAsync(bytes.AsMemory(0, count));
        if (!_answerWanted)
            return;
        _answerWanted = false;
        await _voice.CreateAsync(parameters: null, eventId: null);
    }
}
