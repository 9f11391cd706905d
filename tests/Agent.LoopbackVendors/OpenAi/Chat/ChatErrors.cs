using System.Text.Json.Nodes;

namespace Agent.LoopbackVendors.OpenAi.Chat;

/// <summary>Errors in OpenAI's shape (platform.openai.com/docs/guides/error-codes; openai-node 7.57, <c>ErrorObject</c>).</summary>
internal static class ChatErrors
{
    public static Task WriteAsync(HttpContext context, int status)
    {
        var (type, code) = status switch
        {
            400 or 404 => ("invalid_request_error", (string?)null),
            401 => ("invalid_request_error", "invalid_api_key"),
            402 => ("insufficient_quota", "insufficient_quota"),
            403 => ("invalid_request_error", "unsupported_country_region_territory"),
            429 => ("requests", "rate_limit_exceeded"),
            _ => ("server_error", null),
        };
        return WriteAsync(context, status, $"The request failed with status {status}.", type, code: code);
    }

    public static async Task WriteAsync(HttpContext context, int status, string message, string type = "invalid_request_error", string? param = null, string? code = null)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(Body(message, type, param, code), context.RequestAborted);
    }

    public static JsonObject Body(string message, string type, string? param = null, string? code = null) =>
        new() { ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = param, ["code"] = code } };
}
