using Microsoft.Extensions.AI;

namespace Agent.Providers.Anthropic;

/// <summary>
/// The conversation as the Messages interface wants it: instructions apart, parties in turn, the user first and last, no empty text
/// (platform.claude.com/docs/en/api/messages; a last turn of the assistant would be a beginning for the answer, which newer models refuse).
/// </summary>
internal static class MessagesTurns
{
    private const string NothingSaid = "(The user has not said anything yet.)";
    private const string GoOn = "(Go on.)";

    internal static IReadOnlyList<MessagesTurn> Of(IEnumerable<ChatMessage> messages, string? given, out string instructions)
    {
        var turns = new List<MessagesTurn>();
        var first = new List<string>();
        if (!string.IsNullOrWhiteSpace(given))
            first.Add(given);
        foreach (var message in messages)
        {
            var isInstruction = message.Role == ChatRole.System || string.Equals(message.Role.Value, "developer", StringComparison.Ordinal);
            if (isInstruction && turns.Count == 0)
            {
                if (!string.IsNullOrWhiteSpace(message.Text))
                    first.Add(message.Text);
                continue;
            }

            foreach (var content in message.Contents)
                Add(turns, message.Role != ChatRole.Assistant, isInstruction && content is TextContent text ? new TextContent($"<instructions>{text.Text}</instructions>") : content);
        }

        if (turns.Count == 0 || !turns[0].IsUser)
            turns.Insert(0, Said(NothingSaid));
        if (!turns[^1].IsUser)
            turns.Add(Said(GoOn));
        instructions = string.Join("\n\n", first);
        return turns;
    }

    private static void Add(List<MessagesTurn> turns, bool isUser, AIContent content)
    {
        if (content is not (FunctionCallContent or FunctionResultContent or TextContent) || (content is TextContent text && string.IsNullOrWhiteSpace(text.Text)))
            return;
        if (turns.Count == 0 || turns[^1].IsUser != isUser)
            turns.Add(new MessagesTurn(isUser));
        turns[^1].Add(content);
    }

    private static MessagesTurn Said(string text)
    {
        var turn = new MessagesTurn(isUser: true);
        turn.Add(new TextContent(text));
        return turn;
    }
}
