using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.OpenAi.RealtimeTranscription;

namespace Agent.LoopbackVendors.OpenAi.Realtime;

/// <summary>The input audio buffer of a speech-to-speech session: finds the ends of turns where it is told to, and makes items of what it hears.</summary>
internal sealed class RealtimeEar(IRecogniserEngine engine, SessionEvents events, RealtimeSettings settings, RealtimeItems items) : IAsyncDisposable
{
    private const int SampleRateHz = 24_000;
    private const int LeastSamples = SampleRateHz / 10;

    private readonly SpeechLevel _level = new(SampleRateHz);
    private readonly List<Task> _transcribing = [];
    private HeardAudio? _heard;
    private bool _isInTurn;

    /// <summary>The user has begun to speak.</summary>
    public required Func<Task> OnStarted { get; init; }

    /// <summary>The user's turn has ended, as found by the server.</summary>
    public required Action OnTurnEnded { get; init; }

    public async Task AppendAsync(ReadOnlyMemory<byte> bytes)
    {
        // Memory of the pool is not always aligned to samples; a copy is.
        var samples = MemoryMarshal.Cast<byte, short>(bytes.Span).ToArray();
        for (var from = 0; from < samples.Length;)
        {
            var to = Take(samples, from, out var started);
            Heard().Push(samples.AsSpan(from, to - from));
            from = to;
            if (settings.TurnDetection is null)
                continue;
            if (started && !_isInTurn)
            {
                _isInTurn = true;
                var start = _level.StartedAt - settings.Padding;
                await events.SendAsync("input_audio_buffer.speech_started", At("audio_start_ms", start < TimeSpan.Zero ? TimeSpan.Zero : start));
                await OnStarted();
            }
            else if (_isInTurn && !_level.IsSpeaking && _level.Now - _level.LastLoudAt >= settings.Silence)
            {
                _isInTurn = false;
                await events.SendAsync("input_audio_buffer.speech_stopped", At("audio_end_ms", _level.Now));
                await TakeAsync();
                OnTurnEnded();
            }
        }
    }

    public async Task CommitAsync(string? eventId)
    {
        if (_heard is null || _heard.Samples < LeastSamples)
        {
            var has = ((_heard?.Samples ?? 0) * 1_000.0 / SampleRateHz).ToString("0.00", CultureInfo.InvariantCulture);
            await events.ErrorAsync(
                "input_audio_buffer_commit_empty",
                $"Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has {has}ms of audio.",
                param: null,
                eventId);
            return;
        }

        _isInTurn = false;
        _level.Stop();
        await TakeAsync();
    }

    public async Task ClearAsync()
    {
        _isInTurn = false;
        _level.Stop();
        if (_heard is not null)
            await _heard.DisposeAsync();
        _heard = null;
        await events.SendAsync("input_audio_buffer.cleared", []);
    }

    public async ValueTask DisposeAsync()
    {
        if (_heard is not null)
            await _heard.DisposeAsync();
        await Task.WhenAll(_transcribing);
    }

    private int Take(short[] samples, int from, out bool started)
    {
        ReadOnlySpan<short> rest = samples.AsSpan(from);
        _level.Take(ref rest, out started, out _);
        return samples.Length - rest.Length;
    }

    private HeardAudio Heard() => _heard ??= new HeardAudio(items.NextId(), engine.Begin(SampleRateHz));

    private JsonObject At(string field, TimeSpan time) => new() { [field] = (long)time.TotalMilliseconds, ["item_id"] = Heard().Id };

    private async Task TakeAsync()
    {
        var heard = Heard();
        _heard = null;
        var item = new RealtimeItem(heard.Id, new JsonObject
        {
            ["type"] = "message",
            ["status"] = "completed",
            ["role"] = "user",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "input_audio", ["transcript"] = null }),
        })
        {
            Words = heard.FinishAsync(),
        };
        var previous = items.Add(item);
        await events.SendAsync("input_audio_buffer.committed", new JsonObject { ["previous_item_id"] = previous, ["item_id"] = item.Id });
        await events.SendAsync("conversation.item.added", new JsonObject { ["previous_item_id"] = previous, ["item"] = item.Shape.DeepClone() });
        await events.SendAsync("conversation.item.done", new JsonObject { ["previous_item_id"] = previous, ["item"] = item.Shape.DeepClone() });
        _transcribing.RemoveAll(static task => task.IsCompletedSuccessfully);
        if (settings.Transcribes)
            _transcribing.Add(TranscribeAsync(item, heard));
    }

    private async Task TranscribeAsync(RealtimeItem item, HeardAudio heard)
    {
        var words = await item.Words;
        if (events.Aborted.IsCancellationRequested)
            return;
        if (words.Length > 0)
            await events.SendAsync("conversation.item.input_audio_transcription.delta", new JsonObject { ["item_id"] = item.Id, ["content_index"] = 0, ["delta"] = words, ["logprobs"] = null });
        var tokens = (int)(heard.Samples * 10 / SampleRateHz);
        await events.SendAsync("conversation.item.input_audio_transcription.completed", new JsonObject
        {
            ["item_id"] = item.Id,
            ["content_index"] = 0,
            ["transcript"] = words,
            ["logprobs"] = null,
            ["usage"] = new JsonObject
            {
                ["type"] = "tokens",
                ["total_tokens"] = tokens + 1,
                ["input_tokens"] = tokens,
                ["input_token_details"] = new JsonObject { ["text_tokens"] = 0, ["audio_tokens"] = tokens },
                ["output_tokens"] = 1,
            },
        });
    }
}
