using Microsoft.Extensions.AI;

namespace Agent.Providers.Local.Dialogue;

/// <summary>What was said so far, as the skills look at it.</summary>
internal sealed class Conversation
{
    public Conversation(IEnumerable<ChatMessage> messages, TimeProvider timeProvider)
    {
        var said = messages.Where(m => m.Role == ChatRole.User || m.Role == ChatRole.Assistant).Where(m => !string.IsNullOrWhiteSpace(m.Text)).ToArray();
        Heard = said is [.., var last] && last.Role == ChatRole.User ? new HeardText(last.Text) : null;
        EarlierHeard = [.. said.Take(said.Length - (Heard is null ? 0 : 1)).Where(m => m.Role == ChatRole.User).Select(m => new HeardText(m.Text))];
        LastReply = said.LastOrDefault(m => m.Role == ChatRole.Assistant)?.Text.Trim();
        Now = timeProvider.GetLocalNow();
    }

    /// <summary>What has to be answered; null when the person has not spoken since the last reply.</summary>
    public HeardText? Heard { get; }

    /// <summary>What the person said before, the oldest first.</summary>
    public IReadOnlyList<HeardText> EarlierHeard { get; }

    /// <summary>What was answered last; null when nothing was.</summary>
    public string? LastReply { get; }

    /// <summary>The local time.</summary>
    public DateTimeOffset Now { get; }
}
