using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.ElevenLabs;

/// <summary>One connection with its contexts, at most five.</summary>
internal sealed class ElevenLabsSocket : IAsyncDisposable
{
    private const int MaxContexts = 5;

    private static readonly HashSet<string> s_fields = new(StringComparer.Ordinal)
    {
        "text", "voice_settings", "generation_config", "pronunciation_dictionary_locators", "xi_api_key", "authorization", "context_id", "flush", "close_context", "close_socket",
    };

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ElevenLabsSocketContext> _contexts = new(StringComparer.Ordinal);
    private readonly LoopbackSocket _socket;
    private readonly ElevenLabsParameters _parameters;
    private readonly VendorWorld _world;
    private readonly string _voice;
    private readonly CancellationTokenSource _stop;
    private string _key;

    public ElevenLabsSocket(LoopbackSocket socket, ElevenLabsParameters parameters, VendorWorld world, string voice, string key)
    {
        _socket = socket;
        _parameters = parameters;
        _world = world;
        _voice = voice;
        _key = key;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(socket.Aborted);
    }

    public async Task RunAsync()
    {
        while (await _socket.ReceiveAsync(_stop.Token) is { } message)
        {
            if (await TakeAsync(message.Type, message.Bytes) is { } error)
            {
                await EndAsync(error.Name, error.Words);
                await _socket.ReceiveAsync(_stop.Token);
                return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        ElevenLabsSocketContext[] all;
        lock (_gate)
            all = [.. _contexts.Values];
        foreach (var context in all)
            await context.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>Reports an error of the client and closes.</summary>
    private async Task EndAsync(string name, string words)
    {
        _socket.Request.Note($"error {name}");
        await _socket.SendTextAsync(new JsonObject { ["message"] = words, ["error"] = name, ["code"] = 1008 }.ToJsonString(), _stop.Token);
        await _socket.CloseAsync((int)WebSocketCloseStatus.PolicyViolation, words.Length <= 123 ? words : words[..123], _stop.Token);
    }

    private async Task<(string Name, string Words)?> TakeAsync(WebSocketMessageType type, ReadOnlyMemory<byte> bytes)
    {
        if (type != WebSocketMessageType.Text || !TryParse(bytes, out var message) || message.Any(field => !s_fields.Contains(field.Key)))
            return ("invalid_input_message", "Could not parse input message, make sure it is a json and follows the schema outlined in protocol.");
        if (_key.Length == 0)
            _key = message["xi_api_key"]?.GetValue<string>() ?? "";
        if (!_world.Keys.IsGood(_key))
            return ("invalid_api_key", "Invalid API key");
        if (_voice == "unknown-voice")
            return ("voice_not_found", "A voice with this identifier was not found.");
        if (Flag(message, "close_socket"))
        {
            _socket.Request.Note("close_socket");
            await CloseAsync();
            return null;
        }

        return TakeContext(message);
    }

    private (string Name, string Words)? TakeContext(JsonObject message)
    {
        var id = message["context_id"]?.GetValue<string>() ?? "default";
        ElevenLabsSocketContext? context;
        lock (_gate)
            _contexts.TryGetValue(id, out context);
        if (Flag(message, "close_context"))
        {
            _socket.Request.Note("close_context");
            context?.Close();
            return null;
        }

        var text = message["text"]?.GetValue<string>();
        if (text is null && !Flag(message, "flush"))
            return ("invalid_input_message", "Could not parse input message, make sure it is a json and follows the schema outlined in protocol.");
        if (context is null or { IsClosed: true })
        {
            // Whatever names a context that is not there makes one, a flush too.
            lock (_gate)
            {
                if (_contexts.Count >= MaxContexts)
                    return ("max_active_conversations", "Maximum simultaneous contexts per WebSocket connection exceeded (5). Please close an existing context before opening a new one.");
                context = new ElevenLabsSocketContext(id, _socket, _parameters, _world, message["voice_settings"]?.ToJsonString(), Remove, GiveUpAsync, _stop.Token);
                _contexts[id] = context;
            }

            _socket.Request.Note("open");
        }
        else if (message["voice_settings"]?.ToJsonString() is { } settings && settings != context.VoiceSettings)
        {
            return ("invalid_input_message", "voice_settings field must be provided in the first message and then either be not provided or not change.");
        }

        _socket.Request.Note(text switch
        {
            null => "flush",
            "" => "keep_alive",
            _ => "text",
        });
        context.Take(text ?? "", Flag(message, "flush"));
        return null;
    }

    private async Task CloseAsync()
    {
        ElevenLabsSocketContext[] all;
        lock (_gate)
            all = [.. _contexts.Values];
        foreach (var context in all)
            context.Close();
        foreach (var context in all)
            await context.Ended;
        await _socket.CloseAsync((int)WebSocketCloseStatus.NormalClosure, reason: null, _stop.Token);
    }

    private Task GiveUpAsync() => EndAsync(
        "input_timeout_exceeded",
        $"Have not received a new text input within the timeout of {(int)_parameters.Inactivity.TotalSeconds} seconds. Streaming input terminated. Please make sure to either feed the input in the timely manner, or to send the end of input text (empty string \"\") when done.");

    private void Remove(ElevenLabsSocketContext context)
    {
        lock (_gate)
        {
            if (_contexts.TryGetValue(context.Id, out var current) && ReferenceEquals(current, context))
                _contexts.Remove(context.Id);
        }
    }

    private static bool TryParse(ReadOnlyMemory<byte> bytes, out JsonObject message)
    {
        try
        {
            message = JsonNode.Parse(bytes.Span) as JsonObject ?? [];
            return message.Count > 0;
        }
        catch (JsonException)
        {
            message = [];
            return false;
        }
    }

    private static bool Flag(JsonObject message, string name) => message[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
}
