using Agent.LoopbackVendors.Faults;

namespace Agent.LoopbackVendors.Serving;

/// <summary>What the vendors were asked, so that a test can see what was really sent and cancelled.</summary>
public sealed class RequestLog
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly List<VendorRequest> _requests = [];
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All requests and connections, in order.</summary>
    public IReadOnlyList<VendorRequest> All
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    /// <summary>Those of one endpoint.</summary>
    public IReadOnlyList<VendorRequest> Of(string endpoint) => [.. All.Where(request => string.Equals(request.Endpoint, endpoint, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Waits until something is true of what was asked.</summary>
    /// <exception cref="TimeoutException">It is not, for a minute; the message tells what was asked.</exception>
    public async Task WaitAsync(Func<RequestLog, bool> condition, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await UntilAsync(condition, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            var asked = string.Join("; ", All.Select(request => $"{request.Endpoint}: {string.Join(", ", request.Events)}"));
            throw new TimeoutException($"What was waited for has not happened within {s_patience.TotalSeconds} s. The vendors were asked: {asked}", e);
        }
    }

    private async Task UntilAsync(Func<RequestLog, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (_gate)
                change = _change.Task;
            if (condition(this))
                return;
            await change.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Notes a request, and takes its fault: faults go to requests in the order in which they stand here, so that whoever sees one knows that its fault is taken.</summary>
    internal (VendorRequest Request, Fault Fault) Add(string endpoint, HttpContext context, FaultPlan faults)
    {
        var request = new VendorRequest(endpoint, context.Request.QueryString.Value ?? "") { Log = this };
        Fault fault;
        lock (_gate)
        {
            fault = faults.Take(endpoint);
            _requests.Add(request);
        }

        Changed();
        return (request, fault);
    }

    internal void Changed()
    {
        TaskCompletionSource change;
        lock (_gate)
        {
            change = _change;
            _change = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        change.TrySetResult();
    }
}
