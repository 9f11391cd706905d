namespace Agent.Providers.OpenAi.Responses.Wire;

/// <summary>Why a response failed; its message is left alone, it may repeat what was sent (openai-node 7.57, <c>ResponseError</c>).</summary>
/// <param name="Code">A fixed word, e.g. <c>server_error</c>.</param>
/// <param name="Type">Its family.</param>
internal sealed record ResponsesError(string? Code, string? Type);
