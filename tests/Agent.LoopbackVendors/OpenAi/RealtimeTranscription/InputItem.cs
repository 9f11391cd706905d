using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Engines;

namespace Agent.LoopbackVendors.OpenAi.RealtimeTranscription;

/// <summary>One user's item: its audio on its way to words. Models that are live tell words while audio comes, others when it is committed.</summary>
internal sealed class InputItem : IAsyncDisposable
{
    private readonly IRecogniserRun _run;
    private readonly SessionEvents _events;
    private readonly SessionSettings _settings;
    private readonly int _sampleRateHz;
    private readonly CancellationTokenSource _gone = new();
    private readonly Task<string> _hearing;
    private string _told = "";

    public InputItem(string id, IRecogniserRun run, int sampleRateHz, SessionEvents events, SessionSettings settings)
    {
        Id = id;
        _run = run;
        _sampleRateHz = sampleRateHz;
        _events = events;
        _settings = settings;
        _hearing = HearAsync();
    }

    public string Id { get; }

    public long Samples { get; private set; }

    public void Push(ReadOnlySpan<short> samples)
    {
        Samples += samples.Length;
        _run.Push(samples);
    }

    public JsonObject Describe() => new()
    {
        ["id"] = Id,
        ["object"] = "realtime.item",
        ["type"] = "message",
        ["status"] = "completed",
        ["role"] = "user",
        ["content"] = new JsonArray(new JsonObject { ["type"] = "input_audio", ["transcript"] = null }),
    };

    /// <summary>Tells the words of the committed audio.</summary>
    public async Task TranscribeAsync()
    {
        _run.Flush();
        var words = await _hearing;
        if (!_events.Aborted.IsCancellationRequested)
        {
            for (var rest = words[Math.Min(_told.Length, words.Length)..]; rest.Length > 0;)
            {
                var end = rest.IndexOf(' ', 1);
                var word = end < 0 ? rest : rest[..end];
                rest = rest[word.Length..];
                await DeltaAsync(word);
            }

            await _events.SendAsync("conversation.item.input_audio_transcription.completed", Completed(words));
        }

        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _hearing;
        await _run.DisposeAsync();
    }

    private JsonObject Completed(string words)
    {
        var seconds = (double)Samples / _sampleRateHz;
        var fields = new JsonObject
        {
            ["item_id"] = Id,
            ["content_index"] = 0,
            ["transcript"] = words,
            ["logprobs"] = null,
            ["usage"] = _settings.Model == "whisper-1"
                ? new JsonObject { ["type"] = "duration", ["seconds"] = seconds }
                : Tokens((int)Math.Ceiling(seconds * 10), words.Length == 0 ? 0 : words.Split(' ').Length),
        };
        if (_settings.TellsLanguages)
            fields["languages"] = new JsonArray(new JsonObject { ["code"] = "en" });
        return fields;
    }

    private static JsonObject Tokens(int input, int output) => new()
    {
        ["type"] = "tokens",
        ["total_tokens"] = input + output,
        ["input_tokens"] = input,
        ["input_token_details"] = new JsonObject { ["text_tokens"] = 0, ["audio_tokens"] = input },
        ["output_tokens"] = output,
    };

    private Task DeltaAsync(string words) => _events.SendAsync("conversation.item.input_audio_transcription.delta", new JsonObject
    {
        ["item_id"] = Id,
        ["content_index"] = 0,
        ["delta"] = words,
        ["logprobs"] = null,
    });

    private async Task<string> HearAsync()
    {
        var finals = "";
        try
        {
            await foreach (var heard in _run.ReadAsync(_gone.Token))
            {
                if (heard.Kind == HeardKind.Flushed)
                    return finals;
                if (heard.Kind is not (HeardKind.Interim or HeardKind.Final) || heard.Words.Count == 0)
                    continue;
                var words = finals.Length == 0 ? heard.Text : $"{finals} {heard.Text}";
                if (heard.Kind == HeardKind.Final)
                    finals = words;
                if (!_settings.IsLive || !words.StartsWith(_told, StringComparison.Ordinal) || words.Length == _told.Length)
                    continue;
                var delta = words[_told.Length..];
                _told = words;
                await DeltaAsync(delta);
            }
        }
        catch (OperationCanceledException)
        {
            // The buffer was cleared, or the client is gone.
        }

        return finals;
    }
}
