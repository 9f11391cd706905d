using System.Text;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.AzureSpeech;

/// <summary>
/// Azure's speech service: recognition and synthesis over the Universal Speech Protocol. Paths as in SpeechConnectionFactory and
/// SpeechSynthesisConnectionFactory of Microsoft's Speech SDK for JavaScript 1.52, and "Lower speech synthesis latency using Speech SDK"
/// (learn.microsoft.com, section Text streaming, 2025).
/// </summary>
internal sealed class AzureSpeechServer : IVendorServer
{
    public const string Recognition = "azure/recognition";

    public const string Synthesis = "azure/synthesis";

    private const string KeyHeader = "Ocp-Apim-Subscription-Key";

    private static readonly SocketFaultMessages s_faults = new(
        Encoding.UTF8.GetBytes("X-RequestId:00000000000000000000000000000000\r\nContent-Type:application/json; charset=utf-8\r\nPath:service.novelty\r\n\r\n{\"novel\":true}"),
        Encoding.UTF8.GetBytes("X-RequestId:00000000000000000000000000000000\r\nContent-Type:application/json; charset=utf-8\r\nPath:turn.end\r\n\r\n{}"))
    {
        CloseCodeAfterError = 1011,
        CloseReasonAfterError = "Internal server error.",
    };

    private static readonly (string Path, string? Mode)[] s_recognition =
    [
        ("/stt/speech/universal/v1", null),
        ("/stt/speech/universal/v2", null),
        ("/speech/recognition/interactive/cognitiveservices/v1", "Interactive"),
        ("/speech/recognition/conversation/cognitiveservices/v1", "Conversation"),
        ("/speech/recognition/dictation/cognitiveservices/v1", "Dictation"),
    ];

    private static readonly string[] s_synthesis =
    [
        "/cognitiveservices/websocket/v1", "/cognitiveservices/websocket/v2", "/tts/cognitiveservices/websocket/v1", "/tts/cognitiveservices/websocket/v2",
    ];

    public void Map(IEndpointRouteBuilder routes, VendorWorld world)
    {
        foreach (var (path, mode) in s_recognition)
            routes.Map(path, context => ServeAsync(context, world, Recognition, (socket, all) => new RecognitionSession(socket, all, mode).RunAsync()));
        foreach (var path in s_synthesis)
            routes.Map(path, context => ServeAsync(context, world, Synthesis, (socket, all) => new SynthesisSession(socket, all, path.EndsWith("/v2", StringComparison.Ordinal)).RunAsync()));
    }

    private static async Task ServeAsync(HttpContext context, VendorWorld world, string endpoint, Func<LoopbackSocket, VendorWorld, Task> run)
    {
        if (await LoopbackConnection.BeginAsync(world, context, endpoint, WriteErrorAsync) is not { } connection)
            return;
        if (!world.Keys.IsGood(KeyOf(context.Request)))
        {
            connection.Request.Note("unauthorized");
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await WriteErrorAsync(context, StatusCodes.Status401Unauthorized);
            return;
        }

        using var socket = await LoopbackSocket.AcceptAsync(connection, s_faults);
        if (socket is not null)
            await run(socket, world);
    }

    /// <summary>The key, in a header, or in the query as browsers have to send it; or a bearer token.</summary>
    private static string? KeyOf(HttpRequest request)
    {
        if (request.Headers.TryGetValue(KeyHeader, out var header))
            return header.ToString();
        return request.Query.TryGetValue(KeyHeader, out var query) ? query.ToString() : KeyRing.FromAuthorization(request, "Bearer");
    }

    /// <summary>The body of Azure's gateway, e.g. <c>{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint. …"}}</c>.</summary>
    private static Task WriteErrorAsync(HttpContext context, int status)
    {
        var message = status switch
        {
            401 => "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.",
            429 => "Too many requests.",
            _ => "The request cannot be served.",
        };
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$$"""{"error":{"code":"{{{status}}}","message":"{{{message}}}"}}""", context.RequestAborted);
    }
}
