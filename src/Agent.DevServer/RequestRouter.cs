using Agent.DevServer.Api;
using Agent.DevServer.Dispatch;
using Agent.DevServer.Rooms;
using Agent.DevServer.Signalling;
using Agent.DevServer.Tokens;

namespace Agent.DevServer;

/// <summary>Takes each request to what answers it, after its token was checked.</summary>
internal sealed class RequestRouter(SignalEndpoint signalling, AgentEndpoint agents, TwirpEndpoint twirp, RoomEnvironment environment, CancellationToken stopping)
{
    public async Task RouteAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        catch (OperationCanceledException)
        {
            // The client is gone, or the server stops.
        }
        catch (Exception e)
        {
            environment.Counters.CountInternalError();
            ApiLog.CallFailed(environment.Logger, context.Request.Path, e);
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        // Some clients append to an address that ends in a slash.
        var path = context.Request.Path.Value ?? "/";
        if (path.StartsWith("//", StringComparison.Ordinal))
            context.Request.Path = path = path[1..];
        AllowAnyOrigin(context);
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (AuthenticatedUser.Verify(context, environment.Tokens) is { } refusal)
        {
            ApiLog.Refused(environment.Logger, path, refusal);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsync(refusal, context.RequestAborted);
            return;
        }

        switch (path)
        {
            case "/":
                await context.Response.WriteAsync("OK", context.RequestAborted);
                break;
            case "/rtc":
                await signalling.HandleAsync(context);
                break;
            case "/rtc/validate":
                await signalling.ValidateAsync(context);
                break;
            case "/agent":
                await agents.HandleAsync(context, stopping);
                break;
            default:
                if (path.StartsWith("/twirp/", StringComparison.Ordinal))
                    await twirp.HandleAsync(context);
                else // also /rtc/v1, the path of one connection for both directions: clients fall back to /rtc
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    /// <summary>Pages of any origin may call: what they may do is up to their token.</summary>
    private static void AllowAnyOrigin(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        if (!HttpMethods.IsOptions(context.Request.Method))
            return;
        headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        headers.AccessControlAllowHeaders = "*, Authorization";
        headers.AccessControlMaxAge = "86400";
    }
}
