using Microsoft.Extensions.AI;

namespace Agent.Providers.OpenAi.Chat.Wire;

/// <summary>What a reply has cost: <c>CompletionUsage</c> (platform.openai.com/docs/api-reference/chat/object; openai-node 7.57).</summary>
/// <param name="PromptTokens">Tokens taken in.</param>
/// <param name="CompletionTokens">Tokens given out, thoughts included.</param>
/// <param name="TotalTokens">Both.</param>
/// <param name="PromptTokensDetails">How many of those taken in were cached.</param>
/// <param name="CompletionTokensDetails">How many of those given out were thoughts.</param>
internal sealed record ChatUsage(long? PromptTokens, long? CompletionTokens, long? TotalTokens, ChatInputDetails? PromptTokensDetails, ChatOutputDetails? CompletionTokensDetails)
{
    internal UsageDetails ToDetails() => new()
    {
        InputTokenCount = PromptTokens,
        OutputTokenCount = CompletionTokens,
        TotalTokenCount = TotalTokens,
        CachedInputTokenCount = PromptTokensDetails?.CachedTokens,
        ReasoningTokenCount = CompletionTokensDetails?.ReasoningTokens,
    };
}
