using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.AssemblyAi;

/// <summary>
/// AssemblyAI's streaming recogniser, <c>/v3/ws</c>. Sources: assemblyai.com/docs/api-reference/streaming-api/universal-streaming (usm-streaming.yml 1.0.0, 2026-03),
/// assemblyai.com/docs/streaming/universal-streaming/message-sequence and .../common-session-errors-and-closures (2026).
/// </summary>
internal sealed class AssemblyAiServer : IVendorServer
{
    private const string Endpoint = "assemblyai/stream";

    private static readonly SocketFaultMessages s_faultMessages = new(
        """{"type":"Unheard","turn_order":0,"detail":{"words":[]}}"""u8.ToArray(),
        """{"type":"Error","error_code":3005,"error":"Session Cancelled: An error occurred"}"""u8.ToArray())
    {
        CloseCodeAfterError = 3005,
        CloseReasonAfterError = "See Error message for details",
    };

    public void Map(IEndpointRouteBuilder routes, VendorWorld world) => routes.MapGet("/v3/ws", context => ServeAsync(context, world));

    private static async Task ServeAsync(HttpContext context, VendorWorld world)
    {
        var connection = await LoopbackConnection.BeginAsync(world, context, Endpoint, WriteErrorAsync);
        if (connection is null)
            return;
        using var socket = await LoopbackSocket.AcceptAsync(connection, s_faultMessages);
        if (socket is null)
            return;

        // Credentials and parameters are looked at after the upgrade; both are refused by an Error message and a close.
        var key = context.Request.Headers.Authorization.ToString() is { Length: > 0 } header ? header : context.Request.Query["token"].ToString();
        if (!world.Keys.IsGood(key))
        {
            await AssemblyAiSocket.EndAsync(socket, 1008, "Unauthorized Connection: Missing Authorization header");
            return;
        }

        if (!AssemblyAiParameters.TryRead(context.Request.Query, out var parameters, out var error))
        {
            await AssemblyAiSocket.EndAsync(socket, 3006, error);
            return;
        }

        await using var session = new AssemblyAiSocket(socket, parameters, world);
        await session.RunAsync();
    }

    private static Task WriteErrorAsync(HttpContext context, int status) =>
        context.Response.WriteAsJsonAsync(new JsonObject { ["error"] = $"HTTP {status}" }, context.RequestAborted);
}
