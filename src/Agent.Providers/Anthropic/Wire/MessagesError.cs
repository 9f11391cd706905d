namespace Agent.Providers.Anthropic.Wire;

/// <summary>What went wrong; its message is left alone, it may repeat what was sent (platform.claude.com/docs/en/api/errors).</summary>
/// <param name="Type">A fixed word, e.g. <c>overloaded_error</c>.</param>
internal sealed record MessagesError(string? Type);
