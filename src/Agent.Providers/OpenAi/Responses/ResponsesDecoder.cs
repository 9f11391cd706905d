using System.Text.Json;
using Agent.Pipeline.Errors;
using Agent.Providers.LanguageModels;
using Agent.Providers.OpenAi.Chat;
using Agent.Providers.OpenAi.Responses.Wire;
using Microsoft.Extensions.AI;

namespace Agent.Providers.OpenAi.Responses;

/// <summary>Reads the events of the Responses interface. Events of other types, also such as nobody knows yet, are passed over.</summary>
internal sealed class ResponsesDecoder(string provider) : ReplyDecoder(provider)
{
    private readonly List<FunctionCallContent> _calls = [];
    private bool _hasRefused;

    internal override void Read(ReadOnlySpan<byte> data, List<ChatResponseUpdate> updates)
    {
        if (data.SequenceEqual("[DONE]"u8))
            return;
        var read = JsonSerializer.Deserialize(data, ResponsesJson.Default.ResponsesEvent) ?? throw Garbled("an empty event");
        if (read.Response is { } response)
        {
            SetId(response.Id);
            SetModel(response.Model);
        }

        switch (read.Type)
        {
            case "response.output_text.delta" when read.Delta is { Length: > 0 } text:
                updates.Add(Update(new TextContent(text)));
                break;
            case "response.reasoning_summary_text.delta" or "response.reasoning_text.delta" when read.Delta is { Length: > 0 } thought:
                updates.Add(Update(new TextReasoningContent(thought)));
                break;
            case "response.refusal.delta" or "response.refusal.done":
                _hasRefused = true;
                break;
            case "response.output_item.done" when read.Item is { Type: "function_call", Name: { } name, CallId: { } callId } item:
                _calls.Add(ToolCallJson.Call(callId, name, item.Arguments ?? ""));
                break;
            case "response.completed" when !_hasRefused:
                End(ChatFinishReason.Stop, read.Response, updates);
                break;
            case "response.incomplete" when read.Response?.IncompleteDetails?.Reason != "content_filter":
                End(ChatFinishReason.Length, read.Response, updates);
                break;
            case "response.completed":
                throw Declined("refusal");
            case "response.incomplete":
                throw Declined("content_filter");
            case "response.failed":
                throw Failed(read.Response?.Error?.Code);
            case "error":
                throw Failed(read.Code ?? read.Error?.Code ?? read.Error?.Type);
        }
    }

    private void End(ChatFinishReason reason, ResponsesResult? response, List<ChatResponseUpdate> updates)
    {
        Finish(reason, _calls, updates);
        if (response?.Usage is { } usage)
            updates.Add(Update(new UsageContent(usage.ToDetails())));
        IsComplete = true;
    }

    private ProviderException Failed(string? code)
    {
        var codes = ErrorCodes.Words(code);
        return Reported(codes, codes.Select(OpenAiMeanings.Of).FirstOrDefault(meaning => meaning is not null));
    }
}
