using System.Collections.Concurrent;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.Faults;

/// <summary>
/// Which requests go wrong, by endpoint (<c>deepgram/listen</c>), or by vendor (<c>deepgram</c>) for all of its endpoints. Those of the endpoint go
/// first, those for the next request before those for all.
/// </summary>
public sealed class FaultPlan
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Fault>> _next = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Fault> _always = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lets the next requests that have no fault yet go wrong, one for each fault, in order; <see cref="Fault.None"/> leaves one out.</summary>
    public void Next(string endpoint, params IReadOnlyList<Fault> faults)
    {
        Endpoints.Require(endpoint);
        var queue = _next.GetOrAdd(endpoint, static _ => new ConcurrentQueue<Fault>());
        foreach (var fault in faults)
            queue.Enqueue(fault);
    }

    /// <summary>Lets every request go wrong until <see cref="Clear"/>.</summary>
    public void Always(string endpoint, Fault fault)
    {
        Endpoints.Require(endpoint);
        _always[endpoint] = fault;
    }

    /// <summary>Everything is well from now on.</summary>
    public void Clear()
    {
        _next.Clear();
        _always.Clear();
    }

    /// <summary>What goes wrong with the request that has just come.</summary>
    internal Fault Take(string endpoint)
    {
        var vendor = endpoint.Split('/')[0];
        foreach (var key in (string[])[endpoint, vendor])
        {
            if (_next.TryGetValue(key, out var queue) && queue.TryDequeue(out var fault))
                return fault;
        }

        return _always.GetValueOrDefault(endpoint) ?? _always.GetValueOrDefault(vendor) ?? Fault.None;
    }
}
