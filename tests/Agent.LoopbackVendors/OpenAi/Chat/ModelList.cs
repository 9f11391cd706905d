using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.OpenAi.Chat;

/// <summary><c>GET /v1/models</c> of OpenAI and of Anthropic, which are told apart by Anthropic's version header (platform.openai.com/docs/api-reference/models/list; platform.claude.com/docs/en/api/models-list).</summary>
internal static class ModelList
{
    public static Task WriteAsync(HttpContext context, VendorWorld world)
    {
        var isAnthropic = context.Request.Headers.ContainsKey("anthropic-version");
        var key = KeyRing.FromAuthorization(context.Request, "Bearer") ?? context.Request.Headers["x-api-key"].ToString();
        if (!world.Keys.IsGood(key))
            return ChatErrors.WriteAsync(context, 401, "Incorrect API key provided.", code: "invalid_api_key");
        JsonObject list = isAnthropic
            ? new()
            {
                ["data"] = new JsonArray(new JsonObject { ["type"] = "model", ["id"] = "claude-haiku-4-5", ["display_name"] = "Claude Haiku 4.5", ["created_at"] = "2025-10-01T00:00:00Z" }),
                ["has_more"] = false,
                ["first_id"] = "claude-haiku-4-5",
                ["last_id"] = "claude-haiku-4-5",
            }
            : new()
            {
                ["object"] = "list",
                ["data"] = new JsonArray(new JsonObject { ["id"] = "gpt-4.1-mini", ["object"] = "model", ["created"] = 1744318173, ["owned_by"] = "system" }),
            };
        return context.Response.WriteAsJsonAsync(list, context.RequestAborted);
    }
}
