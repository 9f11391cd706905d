using Agent.LoopbackVendors.OpenAi.Chat;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.AzureOpenAi;

/// <summary>
/// Azure OpenAI: <c>/openai/v1</c> (learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle, 2025-10) and <c>/openai/deployments/NAME</c> with
/// <c>api-version</c> (learn.microsoft.com/azure/ai-foundry/openai/reference, 2024-10-21). Keys come in the header <c>api-key</c>.
/// </summary>
internal sealed class AzureOpenAiServer : IVendorServer
{
    private const string Endpoint = "azure-openai/chat";

    public void Map(IEndpointRouteBuilder routes, VendorWorld world)
    {
        routes.MapPost("/openai/v1/chat/completions", context => ChatCompletionsServer.ServeAsync(context, world, Endpoint, ApiKey, ChatStyle.Azure));
        routes.MapPost("/openai/deployments/{deployment}/chat/completions", context => ServeDeploymentAsync(context, world));
    }

    private static bool ApiKey(HttpContext context, VendorWorld world) =>
        world.Keys.IsGood(context.Request.Headers["api-key"].ToString()) || ChatCompletionsServer.Bearer(context, world);

    private static Task ServeDeploymentAsync(HttpContext context, VendorWorld world) =>
        context.Request.Query["api-version"].ToString().Length == 0
            ? ChatErrors.WriteAsync(context, 404, "Resource not found", code: "404")
            : ChatCompletionsServer.ServeAsync(context, world, Endpoint, ApiKey, ChatStyle.Azure);
}
