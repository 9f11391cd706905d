namespace Agent.Providers.Anthropic.Wire;

/// <summary>
/// An event of a streamed message, all types in one: <c>message_start</c>, <c>content_block_start</c>, <c>content_block_delta</c>, <c>content_block_stop</c>,
/// <c>message_delta</c>, <c>message_stop</c>, <c>ping</c>, <c>error</c> (platform.claude.com/docs/en/build-with-claude/streaming, 2026; anthropic-sdk 1.12, <c>RawMessageStreamEvent</c>).
/// </summary>
/// <param name="Type">Which.</param>
/// <param name="Index">The block that it is about.</param>
/// <param name="Message">The message that begins.</param>
/// <param name="ContentBlock">The block that begins.</param>
/// <param name="Delta">What is new in the block or the message.</param>
/// <param name="Usage">What the message has cost so far.</param>
/// <param name="Error">What went wrong.</param>
internal sealed record MessagesEvent(
    string? Type, int? Index, MessagesStart? Message, MessagesBlock? ContentBlock, MessagesDelta? Delta, MessagesUsage? Usage, MessagesError? Error);
