namespace Agent.Providers.Anthropic.Wire;

/// <summary>A message that begins (platform.claude.com/docs/en/build-with-claude/streaming; anthropic-sdk 1.12, <c>Message</c>).</summary>
/// <param name="Id">Its name.</param>
/// <param name="Model">The model that answers.</param>
/// <param name="Usage">What it has cost so far: what was taken in.</param>
internal sealed record MessagesStart(string? Id, string? Model, MessagesUsage? Usage);
