namespace Agent.Providers.OpenAi.Chat.Wire;

/// <summary>A piece of one of the replies that were asked for; we ask for one (platform.openai.com/docs/api-reference/chat-streaming).</summary>
/// <param name="Index">Which.</param>
/// <param name="Delta">What is new.</param>
/// <param name="FinishReason"><c>stop</c>, <c>length</c>, <c>tool_calls</c>, <c>content_filter</c>, <c>function_call</c>; null until the last piece.</param>
internal sealed record ChatChunkChoice(int Index, ChatDelta? Delta, string? FinishReason);
