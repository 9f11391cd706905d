using System.Text.Json;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.Deepgram;

/// <summary>
/// Deepgram: <c>/v1/listen</c> (endpoint <c>deepgram/listen</c>), <c>/v2/listen</c> (<c>deepgram/flux</c>) and <c>/v1/speak</c> (<c>deepgram/speak</c>), all as WebSockets.
/// Sources: developers.deepgram.com/docs (the repository of the documentation as of 2025-07-03, pages on Flux as stored since) and the types of @deepgram/sdk 5.13.0.
/// </summary>
internal sealed class DeepgramServer : IVendorServer
{
    public const string Listen = "deepgram/listen";
    public const string Flux = "deepgram/flux";
    public const string Speak = "deepgram/speak";

    // One that clients have to survive, and the report of an internal error with the close frame that follows it.
    private static readonly SocketFaultMessages s_listenFaults = Faults(new { type = "SomethingNew", channel = new[] { 0, 1 } }, new { type = "Error", description = "An internal error has occurred.", message = "", variant = "Internal" });
    private static readonly SocketFaultMessages s_fluxFaults = Faults(
        new { type = "SomethingNew", sequence_id = 7 }, new { type = "Error", sequence_id = 7, code = "INTERNAL_SERVER_ERROR", description = "An internal error has occurred." });

    private static readonly SocketFaultMessages s_speakFaults = Faults(new { type = "SomethingNew", sequence_id = 7 }, new { type = "Error", code = "INTERNAL_SERVER_ERROR", description = "An internal error has occurred." });

    public void Map(IEndpointRouteBuilder routes, VendorWorld world)
    {
        routes.MapGet("/v1/listen", context => ServeAsync(context, world, Listen, DeepgramQueries.Listen, s_listenFaults, (socket, query, id) => new NovaSession(socket, world, query, id).RunAsync()));
        routes.MapGet("/v2/listen", context => ServeAsync(context, world, Flux, DeepgramQueries.Flux, s_fluxFaults, (socket, query, id) => new FluxSession(socket, world, query, id).RunAsync()));
        routes.MapGet("/v1/speak", context => ServeAsync(context, world, Speak, DeepgramQueries.Speak, s_speakFaults, (socket, query, id) => new AuraSession(socket, world, query, id).RunAsync()));
    }

    private static SocketFaultMessages Faults(object unknown, object error) => new(JsonSerializer.SerializeToUtf8Bytes(unknown), JsonSerializer.SerializeToUtf8Bytes(error))
    {
        CloseCodeAfterError = 1011,
        CloseReasonAfterError = "NET-0000",
    };

    private static async Task ServeAsync(
        HttpContext context, VendorWorld world, string endpoint, DeepgramQueries allowed, SocketFaultMessages faults, Func<LoopbackSocket, IQueryCollection, string, Task> serve)
    {
        var requestId = Guid.NewGuid().ToString();
        context.Response.Headers["dg-request-id"] = requestId;
        if (await LoopbackConnection.BeginAsync(world, context, endpoint, DeepgramRefusals.WriteAsync) is not { } connection)
            return;
        var key = KeyRing.FromAuthorization(context.Request, "Token") ?? KeyRing.FromAuthorization(context.Request, "Bearer") ?? FromSubProtocol(context);
        if (!world.Keys.IsGood(key))
        {
            await RefuseAsync(connection, 401, "INVALID_AUTH", "Invalid credentials.");
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            await RefuseAsync(connection, 400, "Bad Request", "This server serves WebSockets only.");
            return;
        }

        if (allowed.FaultOf(context.Request.Query) is { } wrong)
        {
            await RefuseAsync(connection, 400, "INVALID_QUERY_PARAMETER", wrong);
            return;
        }

        // A browser cannot set headers: it offers the sub-protocols "token" and the key, and the first is taken.
        var subProtocol = context.WebSockets.WebSocketRequestedProtocols.Count > 0 ? context.WebSockets.WebSocketRequestedProtocols[0] : null;
        using var socket = await LoopbackSocket.AcceptAsync(connection, faults, subProtocol);
        if (socket is not null)
            await serve(socket, context.Request.Query, requestId);
    }

    private static Task RefuseAsync(LoopbackConnection connection, int status, string code, string message)
    {
        connection.Request.Note("refused");
        connection.Context.Response.StatusCode = status;
        return DeepgramRefusals.WriteAsync(connection.Context, code, message);
    }

    private static string? FromSubProtocol(HttpContext context) =>
        context.WebSockets.WebSocketRequestedProtocols is ["token" or "bearer", var key] ? key : null;
}
