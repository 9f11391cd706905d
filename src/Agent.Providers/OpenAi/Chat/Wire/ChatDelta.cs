namespace Agent.Providers.OpenAi.Chat.Wire;

/// <summary>What is new in a piece (platform.openai.com/docs/api-reference/chat-streaming; docs.vllm.ai, Reasoning Outputs).</summary>
/// <param name="Content">Text.</param>
/// <param name="Refusal">Text in place of an answer that the model declines.</param>
/// <param name="ReasoningContent">Thoughts, from vLLM up to 0.10 and llama.cpp.</param>
/// <param name="Reasoning">Thoughts, from newer vLLM and Ollama.</param>
/// <param name="ToolCalls">Pieces of calls.</param>
internal sealed record ChatDelta(string? Content, string? Refusal, string? ReasoningContent, string? Reasoning, IReadOnlyList<ChatToolCallDelta>? ToolCalls);
