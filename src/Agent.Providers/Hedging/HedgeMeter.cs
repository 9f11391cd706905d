using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;

namespace Agent.Providers.Hedging;

/// <summary>Counts second requests and what the losers have cost.</summary>
internal static class HedgeMeter
{
    /// <summary>The meter's name.</summary>
    internal const string Name = "Agent.Providers.Hedging";

    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_hedged = s_meter.CreateCounter<long>("agent.hedge.requests", "{request}", "Second requests made for an answer.");
    private static readonly Counter<long> s_lost = s_meter.CreateCounter<long>("agent.hedge.lost_requests", "{request}", "Requests cancelled because another answered first.");
    private static readonly Counter<long> s_lostTokens = s_meter.CreateCounter<long>("agent.hedge.lost_tokens", "{token}", "Tokens that cancelled requests are known to have cost.");

    internal static void Hedged(string provider) => s_hedged.Add(1, new KeyValuePair<string, object?>("provider", provider));

    internal static void Lost(string provider, UsageDetails usage)
    {
        s_lost.Add(1, new KeyValuePair<string, object?>("provider", provider));
        s_lostTokens.Add((usage.InputTokenCount ?? 0) + (usage.OutputTokenCount ?? 0), new KeyValuePair<string, object?>("provider", provider));
    }
}
