using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.ElevenLabs;

/// <summary>
/// ElevenLabs' synthesizer: several utterances on one WebSocket, and speech streamed over HTTP. Sources:
/// elevenlabs.io/docs/api-reference/text-to-speech/v-1-text-to-speech-voice-id-multi-stream-input and .../text-to-speech/stream (2026).
/// </summary>
internal sealed class ElevenLabsServer : IVendorServer
{
    public const string Endpoint = "elevenlabs/speak";

    private const string Sorry = "We are sorry, something went wrong. You are not charged for this request.";

    private static readonly SocketFaultMessages s_faultMessages = new(
        """{"type":"flush_done","contextId":"nobody","detail":{"chars":[]}}"""u8.ToArray(),
        System.Text.Encoding.UTF8.GetBytes($$"""{"message":"{{Sorry}}","error":"internal_error","code":1008}"""))
    {
        CloseCodeAfterError = 1008,
        CloseReasonAfterError = Sorry,
    };

    public void Map(IEndpointRouteBuilder routes, VendorWorld world)
    {
        routes.MapGet("/v1/text-to-speech/{voice}/multi-stream-input", context => ServeAsync(context, world));
        routes.MapPost("/v1/text-to-speech/{voice}/stream", context => ElevenLabsHttp.StreamAsync(context, world, withTimestamps: false));
        routes.MapPost("/v1/text-to-speech/{voice}/stream/with-timestamps", context => ElevenLabsHttp.StreamAsync(context, world, withTimestamps: true));
    }

    /// <summary>An HTTP error as the service has it.</summary>
    public static Task WriteErrorAsync(HttpContext context, string status, string message) =>
        context.Response.WriteAsJsonAsync(new JsonObject { ["detail"] = new JsonObject { ["status"] = status, ["message"] = message } }, context.RequestAborted);

    public static Task WriteErrorAsync(HttpContext context, int status) => WriteErrorAsync(
        context,
        status switch
        {
            401 => "invalid_api_key",
            402 => "quota_exceeded",
            429 => "too_many_concurrent_requests",
            _ => "internal_error",
        },
        $"HTTP {status}");

    private static async Task ServeAsync(HttpContext context, VendorWorld world)
    {
        var connection = await LoopbackConnection.BeginAsync(world, context, Endpoint, WriteErrorAsync);
        if (connection is null)
            return;
        if (!ElevenLabsParameters.TryRead(context.Request.Query, out var parameters, out var wrong))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await WriteErrorAsync(context, "invalid_parameters", $"Invalid query parameter: {wrong}");
            return;
        }

        using var socket = await LoopbackSocket.AcceptAsync(connection, s_faultMessages);
        if (socket is null)
            return;
        await using var session = new ElevenLabsSocket(socket, parameters, world, (string)context.Request.RouteValues["voice"]!, context.Request.Headers["xi-api-key"].ToString());
        await session.RunAsync();
    }
}
