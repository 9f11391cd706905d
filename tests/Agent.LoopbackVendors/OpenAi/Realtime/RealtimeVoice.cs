using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.OpenAi.RealtimeTranscription;
using Microsoft.Extensions.AI;

namespace Agent.LoopbackVendors.OpenAi.Realtime;

/// <summary>
/// Makes answers, one at a time, sentence by sentence and faster than they are played. Source: https://developers.openai.com/api/reference/resources/realtime/server-events
/// (openai 7.57.0, <c>Response…Event</c>).
/// </summary>
internal sealed class RealtimeVoice(EngineSet engines, SessionEvents events, RealtimeSettings settings, RealtimeItems items, TimeProvider time) : IAsyncDisposable
{
    private const int SampleRateHz = 24_000;
    private const int ChunkSamples = SampleRateHz / 5;

    // Twenty times as fast as it is played.
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(10);

    private CancellationTokenSource? _cancel;
    private Task _making = Task.CompletedTask;
    private string? _activeId;
    private string _reason = "client_cancelled";
    private int _responses;
    private int _calls;

    /// <summary>Whether anything was said yet.</summary>
    public bool HasSpoken { get; private set; }

    public async Task CreateAsync(JsonObject? parameters, string? eventId)
    {
        if (_activeId is { } active && !_making.IsCompleted)
        {
            await events.ErrorAsync(
                "conversation_already_has_active_response", $"Conversation already has an active response in progress: {active}. Wait until the response is finished before creating a new one.", param: null, eventId);
            return;
        }

        _cancel?.Dispose();
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(events.Aborted);
        _reason = "client_cancelled";
        _activeId = $"resp_{(++_responses).ToString(CultureInfo.InvariantCulture)}";
        _making = MakeAsync(_activeId, parameters, _cancel.Token);
    }

    public async Task CancelAsync(JsonObject received, string? eventId)
    {
        var id = (string?)received["response_id"];
        if (_activeId is null || _making.IsCompleted || (id is not null && id != _activeId))
            await events.ErrorAsync("response_cancel_not_active", "Cancellation failed: no active response found", param: null, eventId);
        else
            await _cancel!.CancelAsync();
    }

    /// <summary>The user has begun to speak, and the session wants that to end the answer.</summary>
    public async Task InterruptAsync()
    {
        if (_making.IsCompleted || _cancel is null)
            return;
        _reason = "turn_detected";
        await _cancel.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cancel is not null)
            await _cancel.CancelAsync();
        await _making.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _cancel?.Dispose();
    }

    private async Task MakeAsync(string id, JsonObject? parameters, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var output = new JsonArray();
        var status = "completed";
        var words = 0;
        await events.SendAsync("response.created", new JsonObject { ["response"] = Describe(id, "in_progress", output, parameters, words) });
        try
        {
            foreach (var content in await AnswerAsync(parameters, cancellationToken))
            {
                if (content is FunctionCallContent call)
                    await CallAsync(id, call, output);
                else if (content is TextContent text)
                    words += await SpeakAsync(id, text.Text, output, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            status = "cancelled";
        }

        if (events.Aborted.IsCancellationRequested)
            return;
        await events.SendAsync("rate_limits.updated", new JsonObject
        {
            ["rate_limits"] = new JsonArray(new JsonObject { ["name"] = "tokens", ["limit"] = 40_000, ["remaining"] = 39_000, ["reset_seconds"] = 1.5 }),
        });

        // The client may ask for the next as soon as it has heard of this one's end.
        _activeId = null;
        await events.SendAsync("response.done", new JsonObject { ["response"] = Describe(id, status, output, parameters, words) });
    }

    private async Task<IReadOnlyList<AIContent>> AnswerAsync(JsonObject? parameters, CancellationToken cancellationToken)
    {
        var instructions = (string?)parameters?["instructions"];

        // A model that has nothing to answer says what it is told to: what its instructions quote.
        if (parameters?["input"] is JsonArray { Count: 0 } && instructions?.LastIndexOf("\n\n", StringComparison.Ordinal) is { } at and >= 0)
            return [new TextContent(instructions[(at + 2)..])];
        List<ChatMessage> messages = [new ChatMessage(ChatRole.System, instructions ?? settings.Instructions), .. await items.ToMessagesAsync()];
        var answer = await engines.Dialogue.GetResponseAsync(messages, settings.Options(parameters), cancellationToken);
        var contents = answer.Messages.SelectMany(message => message.Contents);
        return [new TextContent(answer.Text), .. contents.OfType<FunctionCallContent>()];
    }

    private async Task CallAsync(string response, FunctionCallContent call, JsonArray output)
    {
        var arguments = JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal));
        var callId = $"call_{(++_calls).ToString(CultureInfo.InvariantCulture)}";
        var item = new RealtimeItem(items.NextId(), new JsonObject
        {
            ["type"] = "function_call",
            ["status"] = "in_progress",
            ["name"] = call.Name,
            ["call_id"] = callId,
            ["arguments"] = "",
        });
        var place = await BeginAsync(response, item, output.Count);
        JsonObject Fields() => new() { ["response_id"] = response, ["item_id"] = item.Id, ["output_index"] = output.Count, ["call_id"] = callId };
        var delta = Fields();
        delta["delta"] = arguments;
        await events.SendAsync("response.function_call_arguments.delta", delta);
        var done = Fields();
        done["arguments"] = arguments;
        done["name"] = call.Name;
        await events.SendAsync("response.function_call_arguments.done", done);
        item.Shape["arguments"] = arguments;
        await EndAsync(response, item, place, output, "completed");
    }

    private async Task<int> SpeakAsync(string response, string text, JsonArray output, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
            return 0;
        HasSpoken = true;
        var isAudio = settings.SpeaksAudio;
        var said = new StringBuilder();
        var item = new RealtimeItem(items.NextId(), new JsonObject { ["type"] = "message", ["status"] = "in_progress", ["role"] = "assistant", ["content"] = new JsonArray() });
        var place = await BeginAsync(response, item, output.Count);
        JsonObject Fields() => new() { ["response_id"] = response, ["item_id"] = item.Id, ["output_index"] = output.Count, ["content_index"] = 0 };
        JsonObject With(string name, JsonNode value)
        {
            var fields = Fields();
            fields[name] = value;
            return fields;
        }

        await events.SendAsync("response.content_part.added", With("part", isAudio ? new JsonObject { ["type"] = "audio", ["transcript"] = "" } : new JsonObject { ["type"] = "text", ["text"] = "" }));
        var status = "completed";
        try
        {
            foreach (var sentence in Sentences(text))
            {
                foreach (var word in Tokens(sentence))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    said.Append(word);
                    await events.SendAsync(isAudio ? "response.output_audio_transcript.delta" : "response.output_text.delta", With("delta", word));
                }

                if (isAudio)
                    await SoundAsync(sentence, item, With, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            status = "incomplete";
            throw;
        }
        finally
        {
            item.Said = said.ToString().Trim();
            if (!events.Aborted.IsCancellationRequested)
            {
                if (isAudio)
                    await events.SendAsync("response.output_audio.done", Fields());
                await events.SendAsync(isAudio ? "response.output_audio_transcript.done" : "response.output_text.done", With(isAudio ? "transcript" : "text", item.Said));
                await events.SendAsync("response.content_part.done", With("part", new JsonObject { ["type"] = isAudio ? "audio" : "text", [isAudio ? "transcript" : "text"] = item.Said }));
                item.Shape["content"] = new JsonArray(new JsonObject { ["type"] = isAudio ? "output_audio" : "output_text", [isAudio ? "transcript" : "text"] = item.Said });
                await EndAsync(response, item, place, output, status);
            }
        }

        return said.Length / 4;
    }

    private async Task SoundAsync(string sentence, RealtimeItem item, Func<string, JsonNode, JsonObject> with, CancellationToken cancellationToken)
    {
        var speech = await engines.Synthesizer.SpeakAsync(sentence.Trim(), SampleRateHz, cancellationToken);
        for (var at = 0; at < speech.Samples.Length; at += ChunkSamples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var chunk = speech.Samples.AsMemory(at, Math.Min(ChunkSamples, speech.Samples.Length - at));
            item.AudioMs += chunk.Length * 1_000L / SampleRateHz;
            await events.SendAsync("response.output_audio.delta", with("delta", Convert.ToBase64String(MemoryMarshal.AsBytes(chunk.Span))));
            await Task.Delay(s_pace, time, cancellationToken);
        }
    }

    private async Task<string?> BeginAsync(string response, RealtimeItem item, int index)
    {
        await events.SendAsync("response.output_item.added", new JsonObject { ["response_id"] = response, ["output_index"] = index, ["item"] = item.Shape.DeepClone() });
        var previous = items.Add(item);
        await events.SendAsync("conversation.item.added", new JsonObject { ["previous_item_id"] = previous, ["item"] = item.Shape.DeepClone() });
        return previous;
    }

    private async Task EndAsync(string response, RealtimeItem item, string? previous, JsonArray output, string status)
    {
        item.Shape["status"] = status;
        var index = output.Count;
        output.Add(item.Shape.DeepClone());
        await events.SendAsync("response.output_item.done", new JsonObject { ["response_id"] = response, ["output_index"] = index, ["item"] = item.Shape.DeepClone() });
        await events.SendAsync("conversation.item.done", new JsonObject { ["previous_item_id"] = previous, ["item"] = item.Shape.DeepClone() });
    }

    private JsonObject Describe(string id, string status, JsonArray output, JsonObject? parameters, int words)
    {
        var usage = new JsonObject
        {
            ["total_tokens"] = 20 + words,
            ["input_tokens"] = 20,
            ["output_tokens"] = words,
            ["input_token_details"] = new JsonObject
            {
                ["text_tokens"] = 5,
                ["audio_tokens"] = 15,
                ["image_tokens"] = 0,
                ["cached_tokens"] = 0,
                ["cached_tokens_details"] = new JsonObject { ["text_tokens"] = 0, ["audio_tokens"] = 0, ["image_tokens"] = 0 },
            },
            ["output_token_details"] = new JsonObject { ["text_tokens"] = words / 4, ["audio_tokens"] = words - (words / 4) },
        };
        return new JsonObject
        {
            ["object"] = "realtime.response",
            ["id"] = id,
            ["status"] = status,
            ["status_details"] = status == "cancelled" ? new JsonObject { ["type"] = "cancelled", ["reason"] = _reason } : null,
            ["output"] = output.DeepClone(),
            ["conversation_id"] = "conv_loopback",
            ["output_modalities"] = new JsonArray(settings.SpeaksAudio ? "audio" : "text"),
            ["max_output_tokens"] = "inf",
            ["audio"] = new JsonObject { ["output"] = new JsonObject { ["format"] = settings.Audio["format"]!.DeepClone(), ["voice"] = settings.Audio["voice"]!.DeepClone() } },
            ["usage"] = status == "in_progress" ? null : usage,
            ["metadata"] = parameters?["metadata"]?.DeepClone(),
        };
    }

    private static IEnumerable<string> Sentences(string text)
    {
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('.' or '!' or '?') || (i + 1 < text.Length && text[i + 1] != ' '))
                continue;
            yield return text[from..(i + 1)];
            from = i + 1;
        }

        if (!string.IsNullOrWhiteSpace(text[from..]))
            yield return text[from..];
    }

    // Tokens of a model begin with the space before them, and long words are several.
    private static IEnumerable<string> Tokens(string sentence)
    {
        const int Longest = 6;
        for (var from = 0; from < sentence.Length;)
        {
            var space = sentence.IndexOf(' ', from + 1);
            var to = Math.Min(space < 0 ? sentence.Length : space, from + Longest);
            yield return sentence[from..to];
            from = to;
        }
    }
}
