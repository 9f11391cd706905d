namespace Agent.Providers.Anthropic.Wire;

/// <summary>A block that begins (anthropic-sdk 1.12, <c>TextBlock</c>, <c>ToolUseBlock</c>).</summary>
/// <param name="Type"><c>text</c>, <c>tool_use</c>, <c>thinking</c> or another.</param>
/// <param name="Text">Its text, empty at the beginning.</param>
/// <param name="Id">The call's name.</param>
/// <param name="Name">The tool.</param>
internal sealed record MessagesBlock(string? Type, string? Text, string? Id, string? Name);
