using System.Text.Json;
using Agent.Providers.Anthropic.Wire;
using Agent.Providers.LanguageModels;
using Microsoft.Extensions.AI;

namespace Agent.Providers.Anthropic;

/// <summary>Reads the events of the Messages interface. Events and blocks of other types, also such as nobody knows yet, are passed over, as the documentation asks.</summary>
internal sealed class MessagesDecoder(string provider) : ReplyDecoder(provider)
{
    private readonly List<CallFragments> _calls = [];
    private MessagesUsage _usage = MessagesUsage.None;

    internal override void Read(ReadOnlySpan<byte> data, List<ChatResponseUpdate> updates)
    {
        var read = JsonSerializer.Deserialize(data, MessagesJson.Default.MessagesEvent) ?? throw Garbled("an empty event");
        switch (read.Type)
        {
            case "message_start" when read.Message is { } message:
                SetId(message.Id);
                SetModel(message.Model);
                _usage = _usage.With(message.Usage);
                break;
            case "content_block_start" when read.ContentBlock is { Type: "tool_use" } block:
                var call = new CallFragments(read.Index ?? 0);
                call.Add(block.Id, block.Name, arguments: null);
                _calls.Add(call);
                break;
            case "content_block_start" when read.ContentBlock is { Type: "text", Text: { Length: > 0 } begun }:
                updates.Add(Update(new TextContent(begun)));
                break;
            case "content_block_delta" when read.Delta is { } delta:
                ReadDelta(read.Index ?? 0, delta, updates);
                break;
            case "message_delta":
                _usage = _usage.With(read.Usage);
                End(read.Delta?.StopReason, updates);
                break;
            case "message_stop":
                if (!HasFinished)
                    throw Garbled("the end of its answer without a reason");
                IsComplete = true;
                break;
            case "error":
                var codes = ErrorCodes.Words(read.Error?.Type);
                throw Reported(codes, codes.Select(MessagesProtocol.Of).FirstOrDefault(meaning => meaning is not null));
        }
    }

    private void ReadDelta(int index, MessagesDelta delta, List<ChatResponseUpdate> updates)
    {
        if (delta is { Type: "text_delta", Text: { Length: > 0 } text })
            updates.Add(Update(new TextContent(text)));
        else if (delta is { Type: "thinking_delta", Thinking: { Length: > 0 } thought })
            updates.Add(Update(new TextReasoningContent(thought)));
        else if (delta is { Type: "input_json_delta", PartialJson: { } piece })
            _calls.Find(call => call.Index == index)?.Add(piece);
    }

    private void End(string? reason, List<ChatResponseUpdate> updates)
    {
        if (reason is null || HasFinished)
            return;
        if (reason == "refusal")
            throw Declined(reason);
        var isCut = reason is "max_tokens" or "model_context_window_exceeded";
        Finish(isCut ? ChatFinishReason.Length : ChatFinishReason.Stop, [.. _calls.Where(call => !isCut || call.IsWhole).Select(call => call.ToContent())], updates);
        updates.Add(Update(new UsageContent(_usage.ToDetails())));
    }
}
