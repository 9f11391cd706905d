using System.Globalization;
using Agent.Pipeline.Turns;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.History;

/// <summary>What was said and heard, in order. Belongs to the session's loop; snapshots may go anywhere.</summary>
internal sealed class ConversationHistory
{
    private readonly List<HistoryItem> _items = [];

    internal IReadOnlyList<HistoryItem> Snapshot() => [.. _items.Where(item => item is not RunningTool)];

    /// <summary>The history as it is now, for <see cref="IsFollowedBy"/>.</summary>
    internal IReadOnlyList<HistoryItem> Version() => [.. _items];

    /// <summary>Keeps the place of a tool's result: behind what the call answers, whatever is said until it is there.</summary>
    /// <returns>The identifier for the result: the call's own, unless the model has given that before.</returns>
    internal string Begin(RunningTool tool)
    {
        var id = tool.Id;
        for (var n = 2; _items.Exists(item => string.Equals(item.Id, id, StringComparison.Ordinal)); n++)
            id = string.Create(CultureInfo.InvariantCulture, $"{tool.Id}-{n}");
        _items.Add(tool with { Id = id });
        return id;
    }

    /// <summary>Whether the history is still what it was, and then one turn of the user with these words.</summary>
    internal bool IsFollowedBy(IReadOnlyList<HistoryItem> before, string userText)
    {
        if (_items.Count != before.Count + 1 || _items[^1] is not UserMessage { Text: var text } || !SpokenWords.IsSame(text, userText))
            return false;
        for (var i = 0; i < before.Count; i++)
        {
            if (!ReferenceEquals(before[i], _items[i]))
                return false;
        }

        return true;
    }

    /// <summary>Adds an item, or puts it in the place of the one with the same identifier.</summary>
    internal void Write(HistoryItem item)
    {
        var index = _items.FindIndex(i => string.Equals(i.Id, item.Id, StringComparison.Ordinal));
        if (index < 0)
            _items.Add(item);
        else
            _items[index] = item;
    }

    /// <summary>As <see cref="Write"/>; a new item goes before what has begun after it.</summary>
    internal void WriteByTime(HistoryItem item)
    {
        if (_items.Exists(i => string.Equals(i.Id, item.Id, StringComparison.Ordinal)))
        {
            Write(item);
            return;
        }

        var place = _items.Count;
        while (place > 0 && _items[place - 1].At > item.At)
            place--;
        _items.Insert(place, item);
    }

    /// <summary>The history as a model wants it.</summary>
    /// <param name="instructions">The system message; none when empty.</param>
    internal List<ChatMessage> ToMessages(string instructions)
    {
        var messages = new List<ChatMessage>(_items.Count + 2);
        if (instructions.Length > 0)
            messages.Add(new ChatMessage(ChatRole.System, instructions));
        foreach (var item in _items)
            Add(messages, item);
        return messages;
    }

    private static void Add(List<ChatMessage> messages, HistoryItem item)
    {
        switch (item)
        {
            case UserMessage message:
                messages.Add(new ChatMessage(ChatRole.User, message.Text));
                break;
            case AgentMessage message:
                messages.Add(new ChatMessage(ChatRole.Assistant, message.Text));
                break;
            case RunningTool tool:
                messages.Add(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent(tool.Id, tool.Name, tool.Arguments.ToDictionary(StringComparer.Ordinal))]));
                messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(tool.Id, "This call is still running; its result is not known yet.")]));
                break;
            case ToolCall call:
                messages.Add(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent(call.Id, call.Name, call.Arguments.ToDictionary(StringComparer.Ordinal))]));
                messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.Id, call.Result)]));
                break;
        }
    }
}
