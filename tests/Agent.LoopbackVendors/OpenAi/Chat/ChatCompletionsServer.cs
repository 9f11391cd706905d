using System.Text.Json;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.OpenAi.Chat;

/// <summary>
/// OpenAI's Chat Completions, <c>/v1/chat/completions</c> (platform.openai.com/docs/api-reference/chat and /chat-streaming; openai-node 7.57), and compatible
/// servers with their deviations at <c>/compatible/STYLE/v1</c>.
/// </summary>
internal sealed class ChatCompletionsServer : IVendorServer
{
    private const string Endpoint = "openai/chat";

    public void Map(IEndpointRouteBuilder routes, VendorWorld world)
    {
        routes.MapPost("/v1/chat/completions", context => ServeAsync(context, world, Endpoint, Bearer, ChatStyle.OpenAi));
        routes.MapPost("/compatible/{style}/v1/chat/completions", context => ServeAsync(
            context, world, "compatible/chat", static (_, _) => true, Enum.Parse<ChatStyle>((string)context.Request.RouteValues["style"]!, ignoreCase: true)));
        routes.MapGet("/v1/models", context => ModelList.WriteAsync(context, world));
    }

    public static bool Bearer(HttpContext context, VendorWorld world) => world.Keys.IsGood(KeyRing.FromAuthorization(context.Request, "Bearer"));

    public static async Task ServeAsync(HttpContext context, VendorWorld world, string endpoint, Func<HttpContext, VendorWorld, bool> isAllowed, ChatStyle style)
    {
        var requestId = $"req_{Guid.NewGuid():n}";
        context.Response.Headers[style == ChatStyle.Azure ? "apim-request-id" : "x-request-id"] = requestId;
        context.Response.Headers["x-ratelimit-limit-requests"] = "10000";
        context.Response.Headers["x-ratelimit-remaining-requests"] = "9999";
        context.Response.Headers["x-ratelimit-reset-requests"] = "6ms";
        var connection = await LoopbackConnection.BeginAsync(world, context, endpoint, ChatErrors.WriteAsync);
        if (connection is null)
            return;
        if (!isAllowed(context, world))
        {
            await ChatErrors.WriteAsync(context, 401, "Incorrect API key provided.", code: "invalid_api_key");
            return;
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);
            if (style == ChatStyle.Old && body.TryGetProperty("stream_options", out _))
                throw new RequestRefusedException("extra fields not permitted: stream_options", "stream_options");
            var request = ChatRequestReader.Read(body, isLenient: style is not (ChatStyle.OpenAi or ChatStyle.Azure));
            BillingHeaders.Note(context.Request, connection.Request);
            foreach (var property in body.EnumerateObject())
                connection.Request.Note($"{property.Name}={property.Value.GetRawText()}");
            await ChatAnswer.WriteAsync(connection, world, request, style);
        }
        catch (RequestRefusedException e)
        {
            connection.Request.Note("refused");
            await ChatErrors.WriteAsync(context, e.Status, e.Message, param: e.Param, code: e.Code);
        }
        catch (JsonException)
        {
            connection.Request.Note("refused");
            await ChatErrors.WriteAsync(context, 400, "We could not parse the JSON body of your request.");
        }
    }
}
