using System.Globalization;
using Agent.LoopbackVendors.Faults;

namespace Agent.LoopbackVendors.Serving;

/// <summary>The course of one answer, of whatever transport: counts messages and says when which fault is due.</summary>
internal sealed class LoopbackConnection
{
    private const string WebPage = "<!doctype html><html lang=\"en\"><head><title>Sign in</title></head><body><p>Sign in to use this network.</p></body></html>";

    private readonly VendorWorld _world;
    private bool _hasAnswered;
    private bool _wasDue;

    private LoopbackConnection(VendorWorld world, VendorRequest request, Fault fault, HttpContext context)
    {
        _world = world;
        Request = request;
        Fault = fault;
        Context = context;
    }

    public VendorRequest Request { get; }

    public Fault Fault { get; }

    public HttpContext Context { get; }

    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>How many messages have gone out.</summary>
    public int Sent { get; private set; }

    private bool IsTime => Fault.When?.Invoke() ?? Sent >= Fault.After;

    /// <summary>Begins to serve a request: faults that come before any answer happen here.</summary>
    /// <param name="world">What all share.</param>
    /// <param name="context">The request.</param>
    /// <param name="endpoint">Which endpoint it is for.</param>
    /// <param name="writeError">Writes the vendor's own body for an HTTP status (the status is set already).</param>
    /// <returns>The connection; null when the request has been answered.</returns>
    public static async Task<LoopbackConnection?> BeginAsync(VendorWorld world, HttpContext context, string endpoint, Func<HttpContext, int, Task> writeError)
    {
        var (request, fault) = world.Requests.Add(endpoint, context, world.Faults);
        if (fault.Kind == FaultKind.HangAtConnect)
        {
            await ForeverAsync(context.RequestAborted);
            request.Note("aborted");
            return null;
        }

        if (fault.Kind == FaultKind.WebPage)
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(WebPage, context.RequestAborted);
            request.Note("refused");
            return null;
        }

        if (fault.Kind != FaultKind.Status)
            return new LoopbackConnection(world, request, fault, context);
        context.Response.StatusCode = fault.Status;
        if (fault.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = wait.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        await writeError(context, fault.Status);
        request.Note("refused");
        return null;
    }

    /// <summary>Waits for the latency of the first answer, and for ever where the fault says so.</summary>
    /// <returns>Which fault is due before the next message, if any.</returns>
    public async Task<FaultKind> BeforeMessageAsync(CancellationToken cancellationToken)
    {
        if (!_hasAnswered)
        {
            _hasAnswered = true;
            if (_world.Latencies.First(Request.Endpoint) is var latency && latency > TimeSpan.Zero)
                await Task.Delay(latency, _world.Time, cancellationToken);
        }

        if (Fault.Kind == FaultKind.HangBeforeFirstByte || (Fault.Kind == FaultKind.HangAfterFirstByte && IsTime))
            await ForeverAsync(cancellationToken);
        if (Fault.Kind == FaultKind.SlowDrip)
            await Task.Delay(Fault.Pace, _world.Time, cancellationToken);
        return IsTime && Fault.Kind is (FaultKind.Drop or FaultKind.HalfClose or FaultKind.Garbage or FaultKind.UnknownMessage or FaultKind.ErrorMessage)
            ? DueOnce()
            : FaultKind.None;
    }

    public Task PaceAsync(CancellationToken cancellationToken) =>
        Fault.Kind == FaultKind.SlowDrip ? Task.Delay(Fault.Pace, _world.Time, cancellationToken) : Task.CompletedTask;

    public void CountMessage() => Sent++;

    public static Task ForeverAsync(CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private FaultKind DueOnce()
    {
        if (_wasDue)
            return FaultKind.None;
        _wasDue = true;
        return Fault.Kind;
    }
}
