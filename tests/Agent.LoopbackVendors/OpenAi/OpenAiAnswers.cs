using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.OpenAi;

/// <summary>
/// What every answer of OpenAI has: <c>x-request-id</c>, and errors of the shape <c>{"error":{"message","type","param","code"}}</c>.
/// Source: https://developers.openai.com/api/docs/guides/error-codes.
/// </summary>
internal static class OpenAiAnswers
{
    private static long s_requests;

    /// <summary>Begins to serve a request: names it, lets planned faults happen, and refuses a wrong key.</summary>
    /// <returns>The connection; null when the request has been answered.</returns>
    public static async Task<LoopbackConnection?> BeginAsync(VendorWorld world, HttpContext context, string endpoint)
    {
        context.Response.Headers["x-request-id"] = $"req_{Interlocked.Increment(ref s_requests).ToString("x16", CultureInfo.InvariantCulture)}";
        context.Response.Headers["openai-version"] = "2020-10-01";
        if (await LoopbackConnection.BeginAsync(world, context, endpoint, WriteStatusAsync) is not { } connection)
            return null;
        if (world.Keys.IsGood(KeyRing.FromAuthorization(context.Request, "Bearer")))
            return connection;
        await RefuseAsync(context, 401, "Incorrect API key provided.", "invalid_request_error", param: null, "invalid_api_key");
        connection.Request.Note("refused");
        return null;
    }

    /// <summary>Answers with an error.</summary>
    public static Task RefuseAsync(HttpContext context, int status, string message, string type, string? param, string? code)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(Error(message, type, param, code), context.RequestAborted);
    }

    /// <summary>A request that is malformed or unsupported.</summary>
    public static Task RefuseAsync(HttpContext context, string message, string? param, string? code = null) =>
        RefuseAsync(context, 400, message, "invalid_request_error", param, code);

    /// <summary>The body of an error.</summary>
    public static string Error(string message, string type, string? param, string? code) =>
        new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = param, ["code"] = code } }.ToJsonString(JsonSerializerOptions.Web);

    /// <summary>An error in the middle of a stream of events.</summary>
    public static byte[] ErrorEvent() =>
        Encoding.UTF8.GetBytes($"data: {Error("The server had an error while processing your request.", "server_error", param: null, code: null)}\n\n");

    /// <summary>Writes the body of an error that a fault plans.</summary>
    public static Task WriteStatusAsync(HttpContext context, int status)
    {
        (string message, string type, string? code) = status switch
        {
            400 => ("The request is malformed.", "invalid_request_error", null),
            403 => ("You are not allowed to use this model.", "invalid_request_error", "unsupported_country_region_territory"),
            401 => ("Incorrect API key provided.", "invalid_request_error", "invalid_api_key"),
            402 => ("You exceeded your current quota, please check your plan and billing details.", "insufficient_quota", "insufficient_quota"),
            429 => ("Rate limit reached.", "requests", "rate_limit_exceeded"),
            _ => ("The server had an error while processing your request.", "server_error", null),
        };
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(Error(message, type, param: null, code), context.RequestAborted);
    }
}
