using System.Text.Json;
using Agent.LoopbackVendors.OpenAi.Chat;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.Anthropic;

/// <summary>Anthropic's Messages, <c>/v1/messages</c> (platform.claude.com/docs/en/api/messages and /build-with-claude/streaming, 2026; anthropic-sdk 1.12).</summary>
internal sealed class AnthropicServer : IVendorServer
{
    private const string Endpoint = "anthropic/messages";
    private const string Version = "2026-10-21";

    public void Map(IEndpointRouteBuilder routes, VendorWorld world) => routes.MapPost("/v1/messages", context => ServeAsync(context, world));

    private static async Task ServeAsync(HttpContext context, VendorWorld world)
    {
        context.Response.Headers["request-id"] = $"req_{Guid.NewGuid():n}";
        context.Response.Headers["anthropic-ratelimit-requests-limit"] = "1000";
        context.Response.Headers["anthropic-ratelimit-requests-remaining"] = "999";
        var connection = await LoopbackConnection.BeginAsync(world, context, Endpoint, MessagesErrors.WriteAsync);
        if (connection is null)
            return;
        // Keys came in x-api-key before version 2026-10-21, and may still (platform.claude.com/docs/en/api/migration-2026-10-21).
        var key = KeyRing.FromAuthorization(context.Request, "Bearer") ?? context.Request.Headers["x-api-key"].ToString();
        if (!world.Keys.IsGood(key))
        {
            await MessagesErrors.WriteAsync(context, 401, "invalid x-api-key");
            return;
        }

        var version = context.Request.Headers["anthropic-version"].ToString();
        if (version is not (Version or "2023-06-01"))
        {
            await MessagesErrors.WriteAsync(context, 400, "anthropic-version: header is required");
            return;
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);
            var request = MessagesReader.Read(body, takesSampling: version != Version);
            foreach (var property in body.EnumerateObject())
                connection.Request.Note($"{property.Name}={property.Value.GetRawText()}");
            await MessagesAnswer.WriteAsync(connection, world, request);
        }
        catch (RequestRefusedException e)
        {
            connection.Request.Note("refused");
            await MessagesErrors.WriteAsync(context, e.Status, e.Message);
        }
        catch (JsonException)
        {
            connection.Request.Note("refused");
            await MessagesErrors.WriteAsync(context, 400, "The request body is not valid JSON.");
        }
    }
}
