using System.Text.Json;

namespace Agent.LoopbackVendors.Deepgram;

/// <summary>Answers to requests that are refused: developers.deepgram.com/docs/errors (2025-07-03); the header <c>dg-error</c> repeats the message.</summary>
internal static class DeepgramRefusals
{
    public static Task WriteAsync(HttpContext context, int status) => status switch
    {
        400 => WriteAsync(context, "Bad Request", "Bad Request: No such model/version combination found."),
        401 => WriteAsync(context, "INVALID_AUTH", "Invalid credentials."),
        402 => WriteAsync(context, "ASR_PAYMENT_REQUIRED", "Project does not have enough credits for an ASR request and does not have an overage agreement."),
        403 => WriteAsync(context, "INSUFFICIENT_PERMISSIONS", "Project does not have access to the requested model."),
        429 => WriteAsync(context, "TOO_MANY_REQUESTS", "Too many requests. Please try again later"),
        503 => WriteAsync(context, "Service Unavailable", "Please try again later"),
        _ => WriteAsync(context, "INTERNAL_SERVER_ERROR", "Internal Server Error"),
    };

    public static async Task WriteAsync(HttpContext context, string code, string message)
    {
        context.Response.Headers["dg-error"] = message;
        context.Response.ContentType = "application/json";
        var requestId = context.Response.Headers["dg-request-id"].ToString();
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new { err_code = code, err_msg = message, request_id = requestId }), context.RequestAborted);
    }
}
