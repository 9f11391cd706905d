using System.Text.Json.Nodes;

namespace Agent.LoopbackVendors.Anthropic;

/// <summary>Errors in Anthropic's shape (platform.claude.com/docs/en/api/errors, 2026).</summary>
internal static class MessagesErrors
{
    public static Task WriteAsync(HttpContext context, int status) => WriteAsync(context, status, $"The request failed with status {status}.");

    public static async Task WriteAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        var type = status switch
        {
            400 => "invalid_request_error",
            401 => "authentication_error",
            402 => "billing_error",
            403 => "permission_error",
            404 => "not_found_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            504 => "timeout_error",
            529 => "overloaded_error",
            _ => "api_error",
        };
        var body = new JsonObject
        {
            ["type"] = "error",
            ["error"] = new JsonObject { ["type"] = type, ["message"] = message },
            ["request_id"] = context.Response.Headers["request-id"].ToString(),
        };
        await context.Response.WriteAsJsonAsync(body, context.RequestAborted);
    }
}
