using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.OpenAi.RealtimeTranscription;

/// <summary>Sends the server's events, each with a name of its own.</summary>
internal sealed class SessionEvents(LoopbackSocket socket)
{
    private long _events;

    public CancellationToken Aborted => socket.Aborted;

    public Task SendAsync(string type, JsonObject fields)
    {
        fields.Insert(0, "type", type);
        fields.Insert(1, "event_id", $"event_{Interlocked.Increment(ref _events).ToString(CultureInfo.InvariantCulture)}");
        return socket.SendTextAsync(fields.ToJsonString(JsonSerializerOptions.Web), socket.Aborted);
    }

    /// <summary>An error that the client has made; the session goes on.</summary>
    public Task ErrorAsync(string code, string message, string? param, string? eventId) => SendAsync("error", new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["type"] = "invalid_request_error",
            ["code"] = code,
            ["message"] = message,
            ["param"] = param,
            ["event_id"] = eventId,
        },
    });
}
