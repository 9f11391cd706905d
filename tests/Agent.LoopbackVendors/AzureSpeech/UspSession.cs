using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Serving;
using Agent.Providers.AzureSpeech.Usp;

namespace Agent.LoopbackVendors.AzureSpeech;

/// <summary>The service's side of one connection: checks what every message has to have, and writes its own as the service does.</summary>
internal abstract class UspSession(LoopbackSocket socket, VendorWorld world)
{
    private const int InvalidPayload = 1007;

    private readonly UspWriter _writer = new(world.Time);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private bool _isIntroduced;

    protected VendorWorld World { get; } = world;

    protected LoopbackSocket Socket { get; } = socket;

    /// <summary>Serves the connection until the client leaves or breaks the protocol.</summary>
    public async Task RunAsync()
    {
        try
        {
            // Not until the connection is aborted: what the client sent before it left is taken first.
            while (await Socket.ReceiveAsync(CancellationToken.None) is { } message)
                await TakeAsync(message.Bytes, message.Type == WebSocketMessageType.Binary);
        }
        catch (ProtocolViolationException e)
        {
            Socket.Request.Note($"violation: {e.Message}");
            await Socket.CloseAsync(InvalidPayload, e.Message, Socket.Aborted);
        }
        finally
        {
            await EndAsync();
        }
    }

    /// <summary>Takes one message after <c>speech.config</c>.</summary>
    /// <exception cref="ProtocolViolationException">The service does not take it.</exception>
    protected abstract Task TakeAsync(string path, string requestId, UspMessage message);

    /// <summary>The client is gone.</summary>
    protected abstract Task EndAsync();

    protected async Task SendAsync(string path, string requestId, JsonNode? body)
    {
        await _writing.WaitAsync(Socket.Aborted);
        try
        {
            var json = body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString());
            await Socket.SendTextAsync(_writer.Text(path, requestId, "application/json; charset=utf-8", json), Socket.Aborted);
        }
        finally
        {
            _writing.Release();
        }
    }

    protected async Task SendAudioAsync(string requestId, string streamId, ReadOnlyMemory<byte> audio)
    {
        await _writing.WaitAsync(Socket.Aborted);
        try
        {
            await Socket.SendBinaryAsync(_writer.Binary("audio", requestId, audio.IsEmpty ? null : "audio/x-wav", audio.Span, streamId), Socket.Aborted);
        }
        finally
        {
            _writing.Release();
        }
    }

    protected static JsonElement Json(UspMessage message)
    {
        Require(Encoding.ASCII.GetString(message.ContentType).StartsWith("application/json", StringComparison.OrdinalIgnoreCase), "Content-Type must be application/json.");
        try
        {
            return JsonElement.Parse(message.Body.Span);
        }
        catch (JsonException)
        {
            throw new ProtocolViolationException("The body is not valid JSON.");
        }
    }

    protected static void Require(bool condition, string reason)
    {
        if (!condition)
            throw new ProtocolViolationException(reason);
    }

    /// <summary>Follows property names; null where one is missing.</summary>
    protected static JsonElement? At(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element;
    }

    private Task TakeAsync(ReadOnlyMemory<byte> bytes, bool isBinary)
    {
        Require(UspMessage.TryParse(bytes, isBinary, out var message), "A message without a Path header.");
        var path = Encoding.ASCII.GetString(message.Path).ToLowerInvariant();
        var requestId = Encoding.ASCII.GetString(message.RequestId);
        Socket.Request.Note(path);
        Require(requestId.Length == 32 && Guid.TryParseExact(requestId, "N", out _), "X-RequestId must be a GUID without dashes.");
        Require(DateTimeOffset.TryParse(Encoding.ASCII.GetString(message.Header("X-Timestamp"u8)), CultureInfo.InvariantCulture, out _), "X-Timestamp must be an ISO 8601 time.");
        if (path == "speech.config")
        {
            Require(!isBinary && At(Json(message), "context", "system", "version") is not null, "speech.config needs context.system.");
            _isIntroduced = true;
            return Task.CompletedTask;
        }

        Require(_isIntroduced, "speech.config must be the first message.");
        return TakeAsync(path, requestId, message);
    }
}
