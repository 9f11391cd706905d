using System.Text;
using Microsoft.Extensions.AI;

namespace Agent.Providers.Fallback;

/// <summary>What has been said of an answer, whoever said it.</summary>
internal sealed class SaidText
{
    private const string GoOn =
        "Your last message was cut off by a technical fault. The listener has heard exactly the words of that message. Go on from where it ends, in the same language and tone. Do not repeat any of it, do not begin anew, do not mention the fault.";

    private readonly StringBuilder _text = new();
    private string? _responseId;
    private string? _messageId;

    internal string Text => _text.ToString();

    internal bool HasWords => _text.Length > 0;

    internal void Add(string words) => _text.Append(words);

    /// <summary>The conversation for whoever goes on.</summary>
    internal IEnumerable<ChatMessage> Continue(IReadOnlyList<ChatMessage> conversation) => !HasWords
        ? conversation
        : [.. conversation, new ChatMessage(ChatRole.Assistant, Text.TrimEnd()), new ChatMessage(ChatRole.System, GoOn)];

    /// <summary>Gives all pieces the names of the first: they are one message.</summary>
    internal ChatResponseUpdate Mark(ChatResponseUpdate update)
    {
        update.ResponseId = _responseId ??= update.ResponseId;
        update.MessageId = _messageId ??= update.MessageId;
        return update;
    }
}
