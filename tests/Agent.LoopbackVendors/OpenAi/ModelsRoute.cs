using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.OpenAi;

/// <summary>
/// <c>GET /v1/models/MODEL</c>, which says that a model is there. Source:
/// https://developers.openai.com/api/reference/resources/models/methods/retrieve (openai 7.57.0, <c>Model</c>).
/// </summary>
internal sealed class ModelsRoute : IVendorServer
{
    public const string Endpoint = "openai/models";

    public void Map(IEndpointRouteBuilder routes, VendorWorld world) => routes.MapGet("/v1/models/{model}", context => ServeAsync(context, world));

    private static async Task ServeAsync(HttpContext context, VendorWorld world)
    {
        if (await OpenAiAnswers.BeginAsync(world, context, Endpoint) is not { } connection)
            return;
        context.Response.ContentType = "application/json";
        var model = new JsonObject { ["id"] = (string)context.Request.RouteValues["model"]!, ["object"] = "model", ["created"] = 1_700_000_000, ["owned_by"] = "openai" };
        await context.Response.WriteAsync(model.ToJsonString(JsonSerializerOptions.Web), context.RequestAborted);
        connection.Request.Note("completed");
    }
}
