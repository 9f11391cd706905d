using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.OpenAi.RealtimeTranscription;
using Microsoft.Extensions.AI;

namespace Agent.LoopbackVendors.OpenAi.Realtime;

/// <summary>
/// The conversation: items in their order. Checked as documented for <c>conversation.item.create</c>, <c>.delete</c>, <c>.retrieve</c> and <c>.truncate</c>.
/// Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>ConversationItem…Event</c>).
/// </summary>
internal sealed class RealtimeItems(SessionEvents events)
{
    private readonly Lock _gate = new();
    private readonly List<RealtimeItem> _items = [];
    private int _count;

    public string NextId() => $"item_{Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Adds an item at the end and says so.</summary>
    /// <returns>The item before it.</returns>
    public string? Add(RealtimeItem item)
    {
        lock (_gate)
        {
            var previous = _items.LastOrDefault()?.Id;
            _items.Add(item);
            return previous;
        }
    }

    public string? Last()
    {
        lock (_gate)
            return _items.LastOrDefault()?.Id;
    }

    public async Task<List<ChatMessage>> ToMessagesAsync()
    {
        RealtimeItem[] items;
        lock (_gate)
            items = [.. _items];
        var messages = new List<ChatMessage>();
        foreach (var item in items)
            messages.Add(await item.ToMessageAsync());
        return messages;
    }

    public async Task CreateAsync(JsonObject received, string? eventId)
    {
        if (received["item"] is not JsonObject shape || (string?)shape["type"] is not { } type)
        {
            await events.ErrorAsync("missing_required_parameter", "Missing required parameter: 'item.type'.", "item.type", eventId);
            return;
        }

        if (Refusal(type, shape) is { } refusal)
        {
            await events.ErrorAsync(refusal.Code, refusal.Message, refusal.Param, eventId);
            return;
        }

        var id = (string?)shape["id"] ?? NextId();
        var words = string.Join(' ', shape["content"] is JsonArray content ? content.Select(part => (string?)part!["text"] ?? (string?)part["transcript"] ?? "") : []);
        var copy = (JsonObject)shape.DeepClone();
        copy["status"] = "completed";
        var item = new RealtimeItem(id, copy) { Words = Task.FromResult(words) };
        if (!TryInsert(item, (string?)received["previous_item_id"], out var previous))
        {
            await events.ErrorAsync("invalid_value", $"The previous item '{received["previous_item_id"]}' does not exist.", "previous_item_id", eventId);
            return;
        }

        await events.SendAsync("conversation.item.added", new JsonObject { ["previous_item_id"] = previous, ["item"] = item.Shape.DeepClone() });
        await events.SendAsync("conversation.item.done", new JsonObject { ["previous_item_id"] = previous, ["item"] = item.Shape.DeepClone() });
    }

    public async Task DeleteAsync(JsonObject received, string? eventId)
    {
        if (Find(received) is not { } item)
        {
            await events.ErrorAsync("item_delete_invalid_item_id", $"Error deleting item: the item with id '{received["item_id"]}' does not exist.", "item_id", eventId);
            return;
        }

        lock (_gate)
            _items.Remove(item);
        await events.SendAsync("conversation.item.deleted", new JsonObject { ["item_id"] = item.Id });
    }

    public Task RetrieveAsync(JsonObject received, string? eventId) => Find(received) is { } item
        ? events.SendAsync("conversation.item.retrieved", new JsonObject { ["item"] = item.Shape.DeepClone() })
        : events.ErrorAsync("item_retrieve_invalid_item_id", $"Error retrieving item: the item with id '{received["item_id"]}' does not exist.", "item_id", eventId);

    public async Task TruncateAsync(JsonObject received, string? eventId)
    {
        if (Find(received) is not { Type: "message" } item || (string?)item.Shape["role"] != "assistant")
        {
            await events.ErrorAsync("item_truncate_invalid_item_id", $"Error truncating item: '{received["item_id"]}' is no assistant message.", "item_id", eventId);
            return;
        }

        if (received["audio_end_ms"] is not JsonValue end || end.GetValueKind() != JsonValueKind.Number || received["content_index"] is not JsonValue index || (int)index != 0)
        {
            await events.ErrorAsync("missing_required_parameter", "Missing required parameter: 'audio_end_ms' and 'content_index', which is 0.", "audio_end_ms", eventId);
            return;
        }

        var milliseconds = (long)end;
        if (milliseconds < 0 || milliseconds > item.AudioMs)
        {
            await events.ErrorAsync("invalid_value", $"Audio content of {item.AudioMs}ms is already shorter than {milliseconds}ms", "audio_end_ms", eventId);
            return;
        }

        // Words that were not heard are taken away with their sound.
        var words = (item.Said ?? await item.Words).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        item.Said = string.Join(' ', words.Take((int)(words.Length * milliseconds / Math.Max(1, item.AudioMs))));
        item.AudioMs = milliseconds;
        await events.SendAsync("conversation.item.truncated", new JsonObject { ["item_id"] = item.Id, ["content_index"] = 0, ["audio_end_ms"] = milliseconds });
    }

    private static SettingsRefusal? Refusal(string type, JsonObject shape) => type switch
    {
        "message" => RefusalOfMessage(shape),
        "function_call" => Missing(shape, "name", "arguments"),
        "function_call_output" => Missing(shape, "call_id", "output"),
        _ => new SettingsRefusal("invalid_value", $"Invalid value: '{type}'.", "item.type"),
    };

    private static SettingsRefusal? RefusalOfMessage(JsonObject shape)
    {
        var role = (string?)shape["role"];
        string[] allowed = role switch
        {
            "user" => ["input_text", "input_audio", "input_image"],
            "assistant" => ["output_text", "output_audio"],
            "system" => ["input_text"],
            _ => [],
        };
        if (allowed.Length == 0)
            return new SettingsRefusal("invalid_value", $"Invalid value: '{role}'.", "item.role");
        if (shape["content"] is not JsonArray content)
            return new SettingsRefusal("missing_required_parameter", "Missing required parameter: 'item.content'.", "item.content");
        for (var i = 0; i < content.Count; i++)
        {
            if ((string?)content[i]?["type"] is not { } part || !allowed.Contains(part, StringComparer.Ordinal))
                return new SettingsRefusal("invalid_value", $"Invalid value: '{content[i]?["type"]}'. Supported values are: {string.Join(", ", allowed)}.", $"item.content[{i}].type");
        }

        return null;
    }

    private static SettingsRefusal? Missing(JsonObject shape, params IReadOnlyList<string> fields)
    {
        var missing = fields.FirstOrDefault(field => (shape[field] as JsonValue)?.GetValueKind() != JsonValueKind.String);
        return missing is null ? null : new SettingsRefusal("missing_required_parameter", $"Missing required parameter: 'item.{missing}'.", $"item.{missing}");
    }

    private RealtimeItem? Find(JsonObject received)
    {
        var id = (string?)received["item_id"];
        lock (_gate)
            return _items.Find(item => item.Id == id);
    }

    private bool TryInsert(RealtimeItem item, string? after, out string? previous)
    {
        lock (_gate)
        {
            var place = after switch
            {
                null => _items.Count,
                "root" => 0,
                _ => _items.FindIndex(i => i.Id == after) + 1,
            };
            previous = place > 0 ? _items[place - 1].Id : null;
            if (place == 0 && after is not (null or "root"))
                return false;
            _items.Insert(place, item);
            return true;
        }
    }
}
