using Agent.Providers.OpenAi.Chat.Wire;
using Microsoft.Extensions.AI;

namespace Agent.Providers.OpenAi.Responses.Wire;

/// <summary>What a response has cost (openai-node 7.57, <c>ResponseUsage</c>).</summary>
/// <param name="InputTokens">Tokens taken in.</param>
/// <param name="OutputTokens">Tokens given out, thoughts included.</param>
/// <param name="TotalTokens">Both.</param>
/// <param name="InputTokensDetails">How many of those taken in were cached.</param>
/// <param name="OutputTokensDetails">How many of those given out were thoughts.</param>
internal sealed record ResponsesUsage(long? InputTokens, long? OutputTokens, long? TotalTokens, ChatInputDetails? InputTokensDetails, ChatOutputDetails? OutputTokensDetails)
{
    internal UsageDetails ToDetails() => new()
    {
        InputTokenCount = InputTokens,
        OutputTokenCount = OutputTokens,
        TotalTokenCount = TotalTokens,
        CachedInputTokenCount = InputTokensDetails?.CachedTokens,
        ReasoningTokenCount = OutputTokensDetails?.ReasoningTokens,
    };
}
