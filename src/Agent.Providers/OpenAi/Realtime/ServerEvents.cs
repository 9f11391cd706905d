using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Realtime.Events;
using Agent.Providers.Connections;
using Agent.Providers.OpenAi.Realtime.Wire;
using Agent.Providers.OpenAi.Speech.Http;
using Agent.Providers.Vendors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.OpenAi.Realtime;

/// <summary>Reads the vendor's events. Those that nobody asked about, and those of types that are not known, are left out; so is what comes late of a cancelled answer.</summary>
/// <param name="name">The provider's name as configured.</param>
/// <param name="socket">Where they come from.</param>
/// <param name="logger">Learns of commands that were refused.</param>
internal sealed class ServerEvents(string name, VendorSocket socket, ILogger logger)
{
    private readonly Dictionary<string, StringBuilder> _transcripts = new(StringComparer.Ordinal);
    private PcmReader _pcm = new(OpenAiRealtimeModel.SampleRateHz);
    private string _itemId = "";

    /// <summary>Whether the last event has ended the answer that is being made.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether the last event belongs to the answer that is being made.</summary>
    public bool IsOfAnswer { get; private set; }

    /// <summary>Whether the last event says that the session is as it was asked to be.</summary>
    public bool IsConfirmation { get; private set; }

    /// <summary>The first event says that there is a session. Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>SessionCreatedEvent</c>).</summary>
    /// <exception cref="ProviderException">It does not.</exception>
    public static void CheckFirst(string name, VendorMessage message, string? requestId)
    {
        if (message.Kind == VendorMessageKind.Closed)
            throw VendorErrors.Lost(name, requestId);
        try
        {
            switch (message.Kind == VendorMessageKind.Text ? OpenAiVendor.EventTypes.Of(message.Payload.Span) : "")
            {
                case "session.created":
                    return;
                case "error":
                    var error = As(message.Payload.Span, OpenAiRealtimeJson.Default.RealtimeErrorEvent).Error;
                    throw OpenAiErrors.Reported(name, error.Type, error.Code, requestId);
                default:
                    throw VendorErrors.Garbled(name, "another event where session.created was due", requestId);
            }
        }
        catch (Exception e) when (e is not ProviderException)
        {
            throw VendorErrors.Garbled(name, "an event that cannot be read", requestId, e);
        }
    }

    /// <summary>Reads one event.</summary>
    /// <param name="message">The event.</param>
    /// <param name="answers">The answers that were asked for.</param>
    /// <param name="commits">The turns that were committed by command and not acknowledged.</param>
    /// <param name="events">Receives what follows from it.</param>
    /// <exception cref="ProviderException">It cannot be read, or says that the session is over.</exception>
    public void Read(ReadOnlySpan<byte> message, AnswerLine answers, Queue<string> commits, List<RealtimeEvent> events)
    {
        HasEnded = false;
        try
        {
            var type = OpenAiVendor.EventTypes.Of(message);
            IsConfirmation = type == "session.updated";
            IsOfAnswer = type.StartsWith("response.", StringComparison.Ordinal);
            switch (type)
            {
                case "": throw new JsonException("there is no type");
                case "response.output_audio.delta": ReadAudio(message, answers, events); break;
                case "response.output_audio_transcript.delta": ReadText(message, answers, events); break;
                case "response.output_item.done": ReadItem(message, answers, events); break;
                case "response.created": answers.ResponseId = As(message, OpenAiRealtimeJson.Default.ResponseEvent).Response.Id; break;
                case "response.done": ReadEnd(message, answers, events); break;
                case "input_audio_buffer.committed": ReadCommitted(message, commits, events); break;
                case "conversation.item.input_audio_transcription.delta": ReadTranscript(message, isFinal: false, events); break;
                case "conversation.item.input_audio_transcription.completed": ReadTranscript(message, isFinal: true, events); break;
                case "conversation.item.input_audio_transcription.failed": ReadTranscript(message, isFinal: true, events); break;
                case "error": ReadError(message, answers, commits, events); break;
            }
        }
        catch (Exception e) when (e is not ProviderException)
        {
            // Reading has no input or output of its own: whatever goes wrong is the message's fault, such as a null in a list.
            throw VendorErrors.Garbled(name, "an event that cannot be read", socket.RequestId, e);
        }
    }

    private static T As<T>(ReadOnlySpan<byte> message, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(message, type) ?? throw new JsonException("the event is empty");

    private static bool IsWanted(AnswerLine answers, string responseId) =>
        answers is { Current: not null, IsCancelled: false } && string.Equals(answers.ResponseId, responseId, StringComparison.Ordinal);

    private void ReadAudio(ReadOnlySpan<byte> message, AnswerLine answers, List<RealtimeEvent> events)
    {
        var delta = new AudioDelta(_itemId);
        try
        {
            delta.Read(message, answers.ResponseId);
            _itemId = delta.ItemId;
            if (!delta.IsOfResponse || answers is not { Current: { } request, IsCancelled: false } || delta.Rented is not { } bytes)
                return;
            for (var rest = bytes.AsSpan(0, delta.Count); !rest.IsEmpty; rest = rest[Math.Min(rest.Length, OpenAiRealtimeModel.SampleRateHz)..])
            {
                if (_pcm.Read(rest[..Math.Min(rest.Length, OpenAiRealtimeModel.SampleRateHz)]) is { } frame)
                    events.Add(new RealtimeAudio(request.Id, _itemId, frame));
            }
        }
        finally
        {
            if (delta.Rented is { } rented)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void ReadText(ReadOnlySpan<byte> message, AnswerLine answers, List<RealtimeEvent> events)
    {
        var text = As(message, OpenAiRealtimeJson.Default.ResponseText);
        if (IsWanted(answers, text.ResponseId))
            events.Add(new RealtimeText(answers.Current!.Id, text.ItemId, text.Delta));
    }

    private static void ReadItem(ReadOnlySpan<byte> message, AnswerLine answers, List<RealtimeEvent> events)
    {
        var done = As(message, OpenAiRealtimeJson.Default.ResponseItemDone);
        if (done.Item is { Type: "function_call", CallId: { } call, Name: { } function } && IsWanted(answers, done.ResponseId))
            events.Add(new RealtimeToolCall(answers.Current!.Id, call, function, done.Item.Arguments ?? ""));
    }

    private void ReadEnd(ReadOnlySpan<byte> message, AnswerLine answers, List<RealtimeEvent> events)
    {
        var response = As(message, OpenAiRealtimeJson.Default.ResponseEvent).Response;
        if (answers.Current is not { } request || !string.Equals(answers.ResponseId, response.Id, StringComparison.Ordinal))
            return;
        HasEnded = true;
        _pcm = new PcmReader(OpenAiRealtimeModel.SampleRateHz);
        if (!answers.IsCancelled)
            events.Add(new RealtimeAnswerEnded(request.Id, Usage(response.Usage), ErrorOf(response)));
    }

    private ProviderException? ErrorOf(RealtimeResponse response) => response switch
    {
        { Status: "failed" } => OpenAiErrors.Reported(name, response.StatusDetails?.Error?.Type, response.StatusDetails?.Error?.Code, socket.RequestId),
        { Status: "incomplete", StatusDetails.Reason: "content_filter" } => OpenAiErrors.Reported(name, null, "content_filter", socket.RequestId),
        _ => null,
    };

    private static UsageDetails? Usage(ResponseUsage? usage) => usage is null ? null : new UsageDetails
    {
        InputTokenCount = usage.InputTokens,
        OutputTokenCount = usage.OutputTokens,
        TotalTokenCount = usage.TotalTokens,
        AdditionalCounts = new AdditionalPropertiesDictionary<long>
        {
            ["input_audio_tokens"] = usage.InputDetails?.AudioTokens ?? 0,
            ["input_cached_tokens"] = usage.InputDetails?.CachedTokens ?? 0,
            ["output_audio_tokens"] = usage.OutputDetails?.AudioTokens ?? 0,
        },
    };

    private static void ReadCommitted(ReadOnlySpan<byte> message, Queue<string> commits, List<RealtimeEvent> events) =>
        events.Add(new RealtimeTurnCommitted(As(message, OpenAiRealtimeJson.Default.InputCommitted).ItemId, ByModel: !commits.TryDequeue(out _)));

    private void ReadTranscript(ReadOnlySpan<byte> message, bool isFinal, List<RealtimeEvent> events)
    {
        var transcription = As(message, OpenAiRealtimeJson.Default.InputTranscriptionEvent);
        if (!_transcripts.TryGetValue(transcription.ItemId, out var words))
            _transcripts[transcription.ItemId] = words = new StringBuilder();
        words.Append(transcription.Delta);
        if (isFinal)
            _transcripts.Remove(transcription.ItemId);

        // Words of a transcription that has failed in the middle are all that there will be.
        var text = transcription.Transcript ?? words.ToString();
        if (text.Length > 0)
            events.Add(new RealtimeTranscript(transcription.ItemId, text, isFinal));
    }

    private void ReadError(ReadOnlySpan<byte> message, AnswerLine answers, Queue<string> commits, List<RealtimeEvent> events)
    {
        var error = As(message, OpenAiRealtimeJson.Default.RealtimeErrorEvent).Error;
        var report = OpenAiErrors.Reported(name, error.Type, error.Code, socket.RequestId);
        switch (error.EventId?.Split('_')[0])
        {
            case "commit":
                // There was too little; or the vendor had found the end of the turn itself just before.
                if (commits.TryDequeue(out _))
                    events.Add(new RealtimeTurnCommitted("", ByModel: false));
                break;
            case "response" when answers.Current is { } request:
                HasEnded = true;
                if (!answers.IsCancelled)
                    events.Add(new RealtimeAnswerEnded(request.Id, Usage: null, report));
                break;
            case { Length: > 0 } command and ("cancel" or "truncate" or "delete" or "clear" or "item" or "result"):
                OpenAiRealtimeLog.Refused(logger, name, command, error.Code);
                break;
            default:
                throw report;
        }
    }
}
