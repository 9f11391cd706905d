using Microsoft.Extensions.AI;

namespace Agent.LoopbackVendors.OpenAi.Chat;

/// <summary>A request that is in order.</summary>
/// <param name="Model">The model.</param>
/// <param name="Messages">The conversation.</param>
/// <param name="Options">Everything else.</param>
/// <param name="IsStreamed">Whether the answer is wanted as events.</param>
/// <param name="HasUsage">Whether the events are to end with usage.</param>
internal sealed record ChatRequest(string Model, IReadOnlyList<ChatMessage> Messages, ChatOptions Options, bool IsStreamed, bool HasUsage);
