namespace Agent.Providers.OpenAi.Chat.Wire;

/// <summary>A piece of a call (platform.openai.com/docs/api-reference/chat-streaming).</summary>
/// <param name="Index">Which call; compatible servers may leave it out, or give all the same.</param>
/// <param name="Id">The call's name, in its first piece.</param>
/// <param name="Function">The function's name in the first piece, its arguments in all.</param>
internal sealed record ChatToolCallDelta(int? Index, string? Id, ChatFunctionDelta? Function);
