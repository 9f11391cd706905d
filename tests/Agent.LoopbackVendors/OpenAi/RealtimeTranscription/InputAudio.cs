using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Engines;

namespace Agent.LoopbackVendors.OpenAi.RealtimeTranscription;

/// <summary>The input audio buffer: what was appended since the last commit, and the items it has become.</summary>
internal sealed class InputAudio(IRecogniserEngine engine, SessionEvents events, SessionSettings settings) : IAsyncDisposable
{
    private const int SampleRateHz = 24_000;
    private const int LeastSamples = SampleRateHz / 10;

    private readonly List<Task> _transcribing = [];
    private readonly SpeechLevel _level = new(SampleRateHz);
    private InputItem? _item;
    private string? _previousId;
    private int _items;

    public async Task AppendAsync(ReadOnlyMemory<byte> bytes)
    {
        // A Memory<byte> of the pool is not always aligned to samples; a copy is, and this is a test server.
        var samples = MemoryMarshal.Cast<byte, short>(bytes.Span).ToArray();
        if (!settings.IsDetecting)
        {
            Item().Push(samples);
            return;
        }

        foreach (var (from, to, hasStarted, hasEnded) in Changes(samples))
        {
            Item().Push(samples.AsSpan(from, to - from));
            if (hasStarted)
                await events.SendAsync("input_audio_buffer.speech_started", At("audio_start_ms", _level.StartedAt));
            if (!hasEnded)
                continue;
            await events.SendAsync("input_audio_buffer.speech_stopped", At("audio_end_ms", _level.Now));
            await TakeAsync();
        }
    }

    public async Task CommitAsync(string? eventId)
    {
        if (_item is null || _item.Samples < LeastSamples)
        {
            var has = ((_item?.Samples ?? 0) * 1_000.0 / SampleRateHz).ToString("0.00", CultureInfo.InvariantCulture);
            await events.ErrorAsync(
                "input_audio_buffer_commit_empty",
                $"Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has {has}ms of audio.",
                param: null,
                eventId);
            return;
        }

        _level.Stop();
        await TakeAsync();
    }

    public async Task ClearAsync()
    {
        _level.Stop();
        if (_item is not null)
            await _item.DisposeAsync();
        _item = null;
    }

    public async ValueTask DisposeAsync()
    {
        await ClearAsync();
        await Task.WhenAll(_transcribing);
    }

    private IEnumerable<(int From, int To, bool HasStarted, bool HasEnded)> Changes(short[] samples)
    {
        for (var from = 0; from < samples.Length;)
        {
            var to = Take(samples, from, out var started, out var ended);
            yield return (from, to, started, ended);
            from = to;
        }
    }

    private int Take(short[] samples, int from, out bool started, out bool ended)
    {
        ReadOnlySpan<short> rest = samples.AsSpan(from);
        _level.Take(ref rest, out started, out ended);
        return samples.Length - rest.Length;
    }

    private InputItem Item() =>
        _item ??= new InputItem($"item_{(++_items).ToString(CultureInfo.InvariantCulture)}", engine.Begin(SampleRateHz), SampleRateHz, events, settings);

    private JsonObject At(string field, TimeSpan time) => new() { [field] = (long)time.TotalMilliseconds, ["item_id"] = Item().Id };

    private async Task TakeAsync()
    {
        var item = Item();
        _item = null;
        await events.SendAsync("input_audio_buffer.committed", new JsonObject { ["previous_item_id"] = _previousId, ["item_id"] = item.Id });
        await events.SendAsync("conversation.item.added", new JsonObject { ["previous_item_id"] = _previousId, ["item"] = item.Describe() });
        await events.SendAsync("conversation.item.done", new JsonObject { ["previous_item_id"] = _previousId, ["item"] = item.Describe() });
        _previousId = item.Id;
        _transcribing.RemoveAll(static task => task.IsCompletedSuccessfully);
        _transcribing.Add(item.TranscribeAsync());
    }
}
