namespace Agent.Providers.OpenAi.Responses.Wire;

/// <summary>An item of the output (platform.openai.com/docs/api-reference/responses/object; openai-node 7.57, <c>ResponseFunctionToolCall</c>).</summary>
/// <param name="Type"><c>message</c>, <c>function_call</c>, <c>reasoning</c> or another.</param>
/// <param name="CallId">The call's name, to which its result refers.</param>
/// <param name="Name">The function.</param>
/// <param name="Arguments">Its arguments, JSON as text.</param>
internal sealed record ResponsesItem(string? Type, string? CallId, string? Name, string? Arguments);
