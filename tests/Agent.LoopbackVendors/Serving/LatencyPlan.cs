using System.Collections.Concurrent;

namespace Agent.LoopbackVendors.Serving;

/// <summary>How long the first message of each answer takes, by endpoint (<c>deepgram/speak</c>) or by vendor.</summary>
public sealed class LatencyPlan
{
    private readonly ConcurrentDictionary<string, TimeSpan> _first = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sets the latency of an endpoint or of a vendor.</summary>
    public void Set(string endpoint, TimeSpan first)
    {
        Endpoints.Require(endpoint);
        _first[endpoint] = first;
    }

    internal TimeSpan First(string endpoint) =>
        _first.TryGetValue(endpoint, out var own) || _first.TryGetValue(endpoint.Split('/')[0], out own) ? own : TimeSpan.Zero;
}
