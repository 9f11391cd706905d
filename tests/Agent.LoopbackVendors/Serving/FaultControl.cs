using System.Text.Json;
using System.Text.Json.Serialization;
using Agent.LoopbackVendors.Faults;

namespace Agent.LoopbackVendors.Serving;

/// <summary>Sets faults and latencies from outside of the process, below <c>/_loopback</c>: for load tests and for trying by hand.</summary>
internal static class FaultControl
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static void Map(IEndpointRouteBuilder routes, VendorWorld world)
    {
        routes.MapPost("/_loopback/faults/{**endpoint}", context => SetAsync(context, world));
        routes.MapDelete("/_loopback/faults", context =>
        {
            world.Faults.Clear();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        routes.MapPost("/_loopback/latency/{**endpoint}", context => SetLatencyAsync(context, world));
        routes.MapGet("/_loopback/requests", context => context.Response.WriteAsJsonAsync(world.Requests.All, s_json, context.RequestAborted));
    }

    /// <summary>The body is a <see cref="Fault"/> as JSON; <c>?times=N</c> for the next N requests, otherwise for all.</summary>
    private static async Task SetAsync(HttpContext context, VendorWorld world)
    {
        var endpoint = (string?)context.Request.RouteValues["endpoint"] ?? "";
        if (!Endpoints.Contains(endpoint))
        {
            await RefuseAsync(context, Endpoints.NotOne(endpoint));
            return;
        }

        Fault? fault;
        try
        {
            fault = await context.Request.ReadFromJsonAsync<Fault>(s_json, context.RequestAborted);
        }
        catch (JsonException e)
        {
            await RefuseAsync(context, $"The body is no fault such as {{\"kind\":\"Status\",\"status\":429}}: {e.Message} Kinds: {string.Join(", ", Enum.GetNames<FaultKind>())}.");
            return;
        }

        var times = context.Request.Query["times"].ToString();
        if (fault is null || (times.Length > 0 && (!int.TryParse(times, out var count) || count is < 1 or > 1_000_000)))
        {
            await RefuseAsync(context, "Send a fault such as {\"kind\":\"Status\",\"status\":429}, and times from 1 to 1,000,000 or not at all.");
            return;
        }

        if (times.Length == 0)
            world.Faults.Always(endpoint, fault);
        else
            world.Faults.Next(endpoint, Enumerable.Repeat(fault, int.Parse(times, System.Globalization.CultureInfo.InvariantCulture)).ToList());
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary><c>?first=SECONDS</c> is the latency of the first message of each answer.</summary>
    private static async Task SetLatencyAsync(HttpContext context, VendorWorld world)
    {
        var endpoint = (string?)context.Request.RouteValues["endpoint"] ?? "";
        if (!Endpoints.Contains(endpoint))
        {
            await RefuseAsync(context, Endpoints.NotOne(endpoint));
            return;
        }

        if (!double.TryParse(context.Request.Query["first"], System.Globalization.CultureInfo.InvariantCulture, out var seconds) || seconds is not (>= 0 and <= 600))
        {
            await RefuseAsync(context, "first is a number of seconds from 0 to 600.");
            return;
        }

        world.Latencies.Set(endpoint, TimeSpan.FromSeconds(seconds));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task RefuseAsync(HttpContext context, string why)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync(why + "\n", context.RequestAborted);
    }
}
