namespace Agent.Providers.OpenAi.Responses.Wire;

/// <summary>Why a response is incomplete (openai-node 7.57, <c>Response.IncompleteDetails</c>).</summary>
/// <param name="Reason"><c>max_output_tokens</c> or <c>content_filter</c>.</param>
internal sealed record ResponsesIncomplete(string? Reason);
