using System.Text.Json;
using Agent.DevServer.Tokens;
using Google.Protobuf;
using Microsoft.AspNetCore.Http.Features;

namespace Agent.DevServer.Api;

/// <summary>Answers <c>POST /twirp/{service}/{method}</c> with JSON or protobuf bodies (Twirp wire protocol v7).</summary>
internal sealed class TwirpEndpoint(IReadOnlyDictionary<string, TwirpMethod> methods, EmbeddedServerCounters counters, ILogger logger)
{
    /// <summary>The largest request body, in bytes: room metadata may have 64 KB, a data message about as much.</summary>
    private const int MaxBodyBytes = 1024 * 1024;

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithFormatDefaultValues(true));

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        catch (TwirpException e)
        {
            if (e.Code is TwirpCode.Malformed or TwirpCode.BadRoute)
                counters.CountMalformedRequest();
            await WriteErrorAsync(context, e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            counters.CountInternalError();
            ApiLog.CallFailed(logger, context.Request.Path, e);
            await WriteErrorAsync(context, new TwirpException(TwirpCode.Internal, "internal error; the server's log has the cause"));
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var name = path.StartsWith("/twirp/", StringComparison.Ordinal) ? path["/twirp/".Length..] : path;
        if (!methods.TryGetValue(name, out var method))
            throw new TwirpException(TwirpCode.BadRoute, $"no handler for path \"{path}\"");
        if (!HttpMethods.IsPost(context.Request.Method))
            throw new TwirpException(TwirpCode.BadRoute, $"unsupported method \"{context.Request.Method}\" (only POST is allowed)");
        var type = context.Request.ContentType?.Split(';')[0].Trim() ?? "";
        var isJson = string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase);
        if (!isJson && !string.Equals(type, "application/protobuf", StringComparison.OrdinalIgnoreCase))
            throw new TwirpException(TwirpCode.BadRoute, $"unexpected Content-Type: \"{type}\"");

        var request = method.CreateRequest();
        var body = await ReadBodyAsync(context);
        try
        {
            if (isJson)
                request = Parser.Parse(System.Text.Encoding.UTF8.GetString(body), request.Descriptor);
            else
                request.MergeFrom(body);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException or FormatException or OverflowException or ArgumentException or InvalidOperationException)
        {
            throw new TwirpException(TwirpCode.Malformed, isJson ? "the json request could not be decoded" : "the protobuf request could not be decoded");
        }

        var response = await method.InvokeAsync(request, AuthenticatedUser.Of(context), context.RequestAborted);
        if (isJson)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Formatter.Format(response), context.RequestAborted);
        }
        else
        {
            context.Response.ContentType = "application/protobuf";
            await context.Response.Body.WriteAsync(response.ToByteArray(), context.RequestAborted);
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBodyBytes;
        using var stream = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(stream, context.RequestAborted);
        }
        catch (BadHttpRequestException)
        {
            throw new TwirpException(TwirpCode.Malformed, $"the request could not be read; it may have at most {MaxBodyBytes} bytes");
        }

        return stream.ToArray();
    }

    private static async Task WriteErrorAsync(HttpContext context, TwirpException error)
    {
        if (context.Response.HasStarted)
            return;
        var (name, status) = TwirpCodes.Describe(error.Code);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        using var stream = new MemoryStream();
        await using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("code", name);
            json.WriteString("msg", error.Message);
            json.WriteEndObject();
        }

        await context.Response.Body.WriteAsync(stream.ToArray(), context.RequestAborted);
    }
}
