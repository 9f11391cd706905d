using Microsoft.Extensions.AI;

namespace Agent.Providers.Anthropic.Wire;

/// <summary>What a message has cost so far; counts are cumulative (anthropic-sdk 1.12, <c>Usage</c>, <c>MessageDeltaUsage</c>).</summary>
/// <param name="InputTokens">Tokens taken in, without those that were cached or are now.</param>
/// <param name="OutputTokens">Tokens given out.</param>
/// <param name="CacheCreationInputTokens">Tokens that are cached now.</param>
/// <param name="CacheReadInputTokens">Tokens that were cached, which cost less.</param>
internal sealed record MessagesUsage(long? InputTokens, long? OutputTokens, long? CacheCreationInputTokens, long? CacheReadInputTokens)
{
    internal static MessagesUsage None { get; } = new(null, null, null, null);

    internal MessagesUsage With(MessagesUsage? newer) => newer is null ? this : new(
        newer.InputTokens ?? InputTokens,
        newer.OutputTokens ?? OutputTokens,
        newer.CacheCreationInputTokens ?? CacheCreationInputTokens,
        newer.CacheReadInputTokens ?? CacheReadInputTokens);

    internal UsageDetails ToDetails()
    {
        var input = (InputTokens ?? 0) + (CacheCreationInputTokens ?? 0) + (CacheReadInputTokens ?? 0);
        var details = new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = OutputTokens,
            TotalTokenCount = input + (OutputTokens ?? 0),
            CachedInputTokenCount = CacheReadInputTokens,
        };
        if (CacheCreationInputTokens is { } created)
            details.AdditionalCounts = new AdditionalPropertiesDictionary<long> { ["cacheCreationInputTokens"] = created };
        return details;
    }
}
