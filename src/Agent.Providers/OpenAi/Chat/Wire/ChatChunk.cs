using System.Text.Json;

namespace Agent.Providers.OpenAi.Chat.Wire;

/// <summary>One event of a streamed reply: <c>chat.completion.chunk</c> (platform.openai.com/docs/api-reference/chat-streaming; openai-node 7.57).</summary>
/// <param name="Id">The reply's name; compatible servers may leave it out.</param>
/// <param name="Model">The model that answers.</param>
/// <param name="Choices">The pieces; empty in the event that carries usage, and in Azure's first one.</param>
/// <param name="Usage">What the reply has cost, in the last event where it was asked for.</param>
/// <param name="Error">An error in the middle, as servers send it that have begun to answer with status 200.</param>
internal sealed record ChatChunk(string? Id, string? Model, IReadOnlyList<ChatChunkChoice>? Choices, ChatUsage? Usage, JsonElement? Error);
