using Microsoft.Extensions.AI;

namespace Agent.Providers.Hedging;

/// <summary>
/// What the requests have cost that were cancelled because another answered first. What a vendor has told becomes part of the answer's usage. Most tell nothing
/// of a request that is cancelled: for those the count of the answer's own input stands beside the usage, as an estimate and named so.
/// </summary>
internal sealed class LostRequests
{
    /// <summary>How many requests were cancelled.</summary>
    internal const string Requests = "lostRequests";

    /// <summary>The tokens taken in that they are known to have cost; in the usage's sum too.</summary>
    internal const string InputTokens = "lostInputTokens";

    /// <summary>The tokens given out that they are known to have cost; in the usage's sum too.</summary>
    internal const string OutputTokens = "lostOutputTokens";

    /// <summary>The tokens taken in that they may have cost besides; not in the usage's sum.</summary>
    internal const string EstimatedInputTokens = "lostInputTokensEstimated";

    private int _untold;
    private long _input;

    /// <summary>Counts one that was cancelled, for the answer and for the process.</summary>
    /// <returns>What is known of it, for whoever reads the answer.</returns>
    internal ChatResponseUpdate Add(Racer loser)
    {
        var (input, output) = (loser.Usage.InputTokenCount, loser.Usage.OutputTokenCount);
        HedgeMeter.Lost(loser.Provider, loser.Usage);
        if (input is null)
            _untold++;
        return Update(new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = input is null && output is null ? null : (input ?? 0) + (output ?? 0),
            AdditionalCounts = new AdditionalPropertiesDictionary<long> { [Requests] = 1, [InputTokens] = input ?? 0, [OutputTokens] = output ?? 0 },
        });
    }

    /// <summary>Learns from the answer what the same conversation costs.</summary>
    internal void Watch(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            if (content is UsageContent { Details.InputTokenCount: { } count })
                _input = Math.Max(_input, count);
        }
    }

    /// <summary>What those may have cost of which nothing is known; null where there is nothing to say.</summary>
    internal ChatResponseUpdate? Estimate() => _untold == 0 || _input == 0
        ? null
        : Update(new UsageDetails { AdditionalCounts = new AdditionalPropertiesDictionary<long> { [EstimatedInputTokens] = _untold * _input } });

    private static ChatResponseUpdate Update(UsageDetails details) => new(ChatRole.Assistant, [new UsageContent(details)]);
}
