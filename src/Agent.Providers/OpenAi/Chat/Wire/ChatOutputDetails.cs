namespace Agent.Providers.OpenAi.Chat.Wire;

/// <summary>Details of the tokens given out (openai-node 7.57, <c>CompletionUsage.CompletionTokensDetails</c>, <c>ResponseUsage.OutputTokensDetails</c>).</summary>
/// <param name="ReasoningTokens">Those that were thoughts.</param>
internal sealed record ChatOutputDetails(long? ReasoningTokens);
