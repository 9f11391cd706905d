using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.OpenAi.RealtimeTranscription;

/// <summary>
/// A transcription session of the Realtime API: reads the client's events and answers as the vendor does.
/// Source: https://developers.openai.com/api/reference/resources/realtime/client-events and …/server-events (openai 7.57.0, <c>RealtimeClientEvent</c>,
/// <c>RealtimeServerEvent</c>).
/// </summary>
internal sealed class TranscriptionSessionServer
{
    public const string Endpoint = "openai/realtime-transcription";

    private const int MaxAppendBytes = 15 * 1024 * 1024;

    private static readonly SocketFaultMessages s_faults = new(
        Encoding.UTF8.GetBytes("""{"type":"conversation.item.dreamt","event_id":"event_unknown","item_id":"item_0"}"""),
        Encoding.UTF8.GetBytes("""{"type":"error","event_id":"event_error","error":{"type":"server_error","code":null,"message":"The server had an error while processing your request.","param":null,"event_id":null}}"""));

    private readonly SessionEvents _events;
    private readonly SessionSettings _settings = new();
    private readonly InputAudio _audio;

    private TranscriptionSessionServer(LoopbackSocket socket, VendorWorld world)
    {
        _events = new SessionEvents(socket);
        _audio = new InputAudio(world.Engines.Recogniser, _events, _settings);
    }

    public static async Task ServeAsync(HttpContext context, VendorWorld world)
    {
        if (await OpenAiAnswers.BeginAsync(world, context, Endpoint) is not { } connection)
            return;
        using var socket = await LoopbackSocket.AcceptAsync(connection, s_faults);
        if (socket is null)
            return;
        var server = new TranscriptionSessionServer(socket, world);
        await server.ServeAsync(socket);
    }

    private async Task ServeAsync(LoopbackSocket socket)
    {
        await _events.SendAsync("session.created", new JsonObject { ["session"] = _settings.Describe() });
        while (await socket.ReceiveAsync(socket.Aborted) is { } message)
        {
            if (message.Type != WebSocketMessageType.Text)
            {
                await _events.ErrorAsync("invalid_event", "Binary messages are not supported.", param: null, eventId: null);
                continue;
            }

            if (Parse(message.Bytes) is not { } received)
                await _events.ErrorAsync("invalid_json", "We could not parse the JSON body of your event.", param: null, eventId: null);
            else
                await TakeAsync(received, socket.Request);
        }

        await _audio.DisposeAsync();
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

    private async Task TakeAsync(JsonObject received, VendorRequest request)
    {
        var eventId = (received["event_id"] as JsonValue)?.GetValueKind() == JsonValueKind.String ? (string?)received["event_id"] : null;
        var type = (received["type"] as JsonValue)?.GetValueKind() == JsonValueKind.String ? (string?)received["type"] : null;
        request.Note(type ?? "?");
        switch (type)
        {
            case "session.update":
                if (_settings.Update(received) is { } refusal)
                    await _events.ErrorAsync(refusal.Code, refusal.Message, refusal.Param, eventId);
                else
                    await _events.SendAsync("session.updated", new JsonObject { ["session"] = _settings.Describe() });
                break;
            case "input_audio_buffer.append":
                await AppendAsync(received, eventId);
                break;
            case "input_audio_buffer.commit":
                await _audio.CommitAsync(eventId);
                break;
            case "input_audio_buffer.clear":
                await _audio.ClearAsync();
                await _events.SendAsync("input_audio_buffer.cleared", []);
                break;
            case null:
                await _events.ErrorAsync("missing_required_parameter", "Missing required parameter: 'type'.", "type", eventId);
                break;
            default:
                await _events.ErrorAsync("invalid_value", $"Invalid value: '{type}'.", "type", eventId);
                break;
        }
    }

    private async Task AppendAsync(JsonObject received, string? eventId)
    {
        if (!_settings.IsConfigured)
        {
            // The vendor takes audio before a model is chosen, but a client that sends it forgot to set the session up.
            await _events.ErrorAsync("invalid_value", "The session has no transcription model.", "session.audio.input.transcription", eventId);
            return;
        }

        if ((received["audio"] as JsonValue)?.GetValueKind() != JsonValueKind.String)
        {
            await _events.ErrorAsync("missing_required_parameter", "Missing required parameter: 'audio'.", "audio", eventId);
            return;
        }

        var text = (string)received["audio"]!;
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        if (!Convert.TryFromBase64String(text, bytes, out var count) || count % 2 != 0 || count > MaxAppendBytes)
            await _events.ErrorAsync("invalid_value", "Invalid 'audio'. Expected base64-encoded audio bytes (mono PCM16 at 24kHz) but got an invalid value.", "audio", eventId);
        else
            await _audio.AppendAsync(bytes.AsMemory(0, count));
    }
}
