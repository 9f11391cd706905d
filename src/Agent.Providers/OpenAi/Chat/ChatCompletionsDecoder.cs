using System.Text.Json;
using Agent.Providers.LanguageModels;
using Agent.Providers.OpenAi.Chat.Wire;
using Microsoft.Extensions.AI;

namespace Agent.Providers.OpenAi.Chat;

/// <summary>Reads the events of Chat Completions, and what compatible servers make of them: no ids, no usage, no <c>[DONE]</c>, a role in every event, a call in one piece, calls that share an index.</summary>
internal sealed class ChatCompletionsDecoder(string provider) : ReplyDecoder(provider)
{
    private readonly List<CallFragments> _calls = [];
    private readonly WrittenThoughts _written = new();
    private bool _hasRefused;

    internal override void Read(ReadOnlySpan<byte> data, List<ChatResponseUpdate> updates)
    {
        if (data.SequenceEqual("[DONE]"u8))
        {
            if (!HasFinished)
                throw Garbled("the end of its answer without a reason");
            IsComplete = true;
            return;
        }

        var chunk = JsonSerializer.Deserialize(data, ChatJson.Default.ChatChunk) ?? throw Garbled("an empty event");
        if (chunk.Error is { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined })
            ReportError(data);
        SetId(chunk.Id);
        SetModel(chunk.Model);
        foreach (var choice in chunk.Choices ?? [])
            Read(choice, updates);
        if (chunk.Usage is { } usage)
            updates.Add(Update(new UsageContent(usage.ToDetails())));
    }

    private void ReportError(ReadOnlySpan<byte> data)
    {
        using var document = JsonDocument.Parse(data.ToArray());
        var codes = ErrorCodes.Read(document.RootElement);
        throw Reported(codes, codes.Select(OpenAiMeanings.Of).FirstOrDefault(meaning => meaning is not null));
    }

    private void Read(ChatChunkChoice choice, List<ChatResponseUpdate> updates)
    {
        if (choice.Index != 0 || HasFinished)
            return;
        if (choice.Delta is { } delta)
        {
            _hasRefused |= !string.IsNullOrEmpty(delta.Refusal);
            Say((delta.ReasoningContent ?? delta.Reasoning ?? "", ""), updates);
            Say(_written.Read(delta.Content ?? ""), updates);
            foreach (var fragment in delta.ToolCalls ?? [])
                Add(fragment);
        }

        if (string.IsNullOrEmpty(choice.FinishReason))
            return;
        if (_hasRefused)
            throw Declined("refusal");
        if (choice.FinishReason == "content_filter")
            throw Declined("content_filter");
        Say(_written.Rest(), updates);
        var reason = choice.FinishReason == "length" ? ChatFinishReason.Length : ChatFinishReason.Stop;
        Finish(reason, [.. _calls.Where(call => call.Name.Length > 0 && (reason == ChatFinishReason.Stop || call.IsWhole)).Select(call => call.ToContent())], updates);
    }

    private void Say((string Thoughts, string Words) said, List<ChatResponseUpdate> updates)
    {
        if (said.Thoughts.Length > 0)
            updates.Add(Update(new TextReasoningContent(said.Thoughts)));
        if (said.Words.Length > 0)
            updates.Add(Update(new TextContent(said.Words)));
    }

    private void Add(ChatToolCallDelta fragment)
    {
        var call = _calls.FindLast(call => fragment.Index is null || call.Index == fragment.Index);
        var isNew = call is null
            || (!string.IsNullOrEmpty(fragment.Id) && call.Id.Length > 0 && fragment.Id != call.Id)
            || (fragment.Index is null && string.IsNullOrEmpty(fragment.Id) && !string.IsNullOrEmpty(fragment.Function?.Name));
        if (isNew)
            _calls.Add(call = new CallFragments(fragment.Index ?? _calls.Count));
        call!.Add(fragment.Id, fragment.Function?.Name, fragment.Function?.Arguments);
    }
}
