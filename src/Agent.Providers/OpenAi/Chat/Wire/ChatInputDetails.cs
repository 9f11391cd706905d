namespace Agent.Providers.OpenAi.Chat.Wire;

/// <summary>Details of the tokens taken in (openai-node 7.57, <c>CompletionUsage.PromptTokensDetails</c>, <c>ResponseUsage.InputTokensDetails</c>).</summary>
/// <param name="CachedTokens">Those that were cached, which cost less.</param>
internal sealed record ChatInputDetails(long? CachedTokens);
