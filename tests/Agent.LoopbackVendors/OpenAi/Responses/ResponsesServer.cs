using System.Text.Json;
using Agent.LoopbackVendors.OpenAi.Chat;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.OpenAi.Responses;

/// <summary>OpenAI's Responses, <c>/v1/responses</c>, and the same at Azure (platform.openai.com/docs/api-reference/responses and /responses-streaming; openai-node 7.57).</summary>
internal sealed class ResponsesServer : IVendorServer
{
    public void Map(IEndpointRouteBuilder routes, VendorWorld world)
    {
        routes.MapPost("/v1/responses", context => ServeAsync(context, world, "openai/responses", ChatCompletionsServer.Bearer(context, world)));
        routes.MapPost("/openai/v1/responses", context => ServeAsync(context, world, "azure-openai/responses", world.Keys.IsGood(context.Request.Headers["api-key"].ToString())));
    }

    private static async Task ServeAsync(HttpContext context, VendorWorld world, string endpoint, bool isAllowed)
    {
        context.Response.Headers["x-request-id"] = $"req_{Guid.NewGuid():n}";
        var connection = await LoopbackConnection.BeginAsync(world, context, endpoint, ChatErrors.WriteAsync);
        if (connection is null)
            return;
        if (!isAllowed)
        {
            await ChatErrors.WriteAsync(context, 401, "Incorrect API key provided.", code: "invalid_api_key");
            return;
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);
            var request = ResponsesReader.Read(body);
            BillingHeaders.Note(context.Request, connection.Request);
            foreach (var property in body.EnumerateObject())
                connection.Request.Note($"{property.Name}={property.Value.GetRawText()}");
            await ResponsesAnswer.WriteAsync(connection, world, request);
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
