using System.Runtime.InteropServices;
using System.Security;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Agent.LoopbackVendors.Engines;
using Agent.Pipeline.Speech;

namespace Agent.LoopbackVendors.AzureSpeech;

/// <summary>
/// One request of synthesis: speaks whole sentences as they come, and what is left at the end. Messages as in SynthesisAdapterBase and
/// SynthesisAudioMetadata of Microsoft's Speech SDK for JavaScript 1.52.
/// </summary>
internal sealed class SynthesisRun(
    SynthesisOrder order, ISynthesizerEngine engine, Func<string, string, JsonNode?, Task> send, Func<string, string, ReadOnlyMemory<byte>, Task> sendAudio)
{
    private const int ChunkBytes = 8 * 1024;

    private readonly Channel<(string Text, bool IsMarkup)> _pieces = Channel.CreateUnbounded<(string, bool)>();
    private readonly CancellationTokenSource _stopped = new();
    private readonly string _streamId = Guid.NewGuid().ToString("N");
    private Task _speaking = Task.CompletedTask;
    private long _samples;

    /// <summary>Whether all has been said.</summary>
    public bool IsOver { get; private set; }

    public void Begin() => _speaking = SpeakAsync();

    public void Write(string text, bool isMarkup) => _pieces.Writer.TryWrite((text, isMarkup));

    public void Finish() => _pieces.Writer.TryComplete();

    /// <summary>Speaks no further, and says so.</summary>
    public Task StopAsync() => _stopped.CancelAsync();

    public async Task EndAsync()
    {
        Finish();
        await _stopped.CancelAsync();
        await _speaking;
    }

    private async Task SpeakAsync()
    {
        var stream = new JsonObject { ["type"] = "inline", ["streamId"] = _streamId };
        try
        {
            var tag = Guid.NewGuid().ToString("N");
            await send("turn.start", order.RequestId, new JsonObject { ["context"] = new JsonObject { ["serviceTag"] = tag } });
            await send("response", order.RequestId, new JsonObject { ["context"] = new JsonObject { ["serviceTag"] = tag }, ["audio"] = stream });
            var text = new StringBuilder();
            try
            {
                await foreach (var (piece, isMarkup) in _pieces.Reader.ReadAllAsync(_stopped.Token))
                {
                    text.Append(piece);
                    for (var end = EndOfSentence(text); end > 0; end = EndOfSentence(text))
                    {
                        await SayAsync(text.ToString(0, end), isMarkup);
                        text.Remove(0, end);
                    }

                    if (isMarkup)
                        await SayAsync(text.ToString(), isMarkup);
                    if (isMarkup)
                        text.Clear();
                }

                await SayAsync(text.ToString(), isMarkup: false);
                await sendAudio(order.RequestId, _streamId, default);
                await send("audio.metadata", order.RequestId, Metadata("SessionEnd", new JsonObject { ["Offset"] = Ticks(_samples) }));
            }
            catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
            {
                // Stopped: nothing more is said.
            }

            IsOver = true;
            await send("turn.end", order.RequestId, new JsonObject());
        }
        catch (OperationCanceledException)
        {
            // The client is gone.
        }
    }

    /// <summary>Where the last whole sentence ends; 0 when there is none.</summary>
    private static int EndOfSentence(StringBuilder text)
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] is '.' or '!' or '?')
                return i + 1;
        }

        return 0;
    }

    private async Task SayAsync(string text, bool isMarkup)
    {
        if (!text.Any(char.IsLetterOrDigit))
            return;
        var speech = await engine.SpeakAsync(text, order.SampleRateHz, _stopped.Token);
        if (order.HasHeader && _samples == 0)
            await sendAudio(order.RequestId, _streamId, SynthesisHeader.Write(order.SampleRateHz));
        foreach (var word in speech.Words)
            await TellAsync(word, isMarkup);
        var bytes = MemoryMarshal.AsBytes(speech.Samples.AsSpan()).ToArray();
        for (var from = 0; from < bytes.Length; from += ChunkBytes)
        {
            _stopped.Token.ThrowIfCancellationRequested();
            await sendAudio(order.RequestId, _streamId, bytes.AsMemory(from, Math.Min(ChunkBytes, bytes.Length - from)));
        }

        _samples += speech.Samples.Length;
    }

    /// <summary>Words come bare, their punctuation apart, both escaped where the text was.</summary>
    private async Task TellAsync(WordTiming word, bool isMarkup)
    {
        var bare = word.Text.AsSpan().TrimStart("\"'([{¿¡“‘").ToString();
        var end = bare.Length;
        while (end > 0 && !char.IsLetterOrDigit(bare[end - 1]))
            end--;
        if (order.Words && end > 0)
            await send("audio.metadata", order.RequestId, Boundary("WordBoundary", bare[..end], word, isMarkup));
        if (order.Punctuation && end < bare.Length)
            await send("audio.metadata", order.RequestId, Boundary("PunctuationBoundary", bare[end..], word with { Start = word.End }, isMarkup));
    }

    private JsonObject Boundary(string type, string text, WordTiming time, bool isMarkup)
    {
        var written = isMarkup ? SecurityElement.Escape(text)! : text;
        return Metadata("WordBoundary", new JsonObject
        {
            ["Offset"] = Ticks(_samples) + time.Start.Ticks,
            ["Duration"] = (time.End - time.Start).Ticks,
            ["text"] = new JsonObject { ["Text"] = written, ["Length"] = written.Length, ["BoundaryType"] = type },
        });
    }

    private static JsonObject Metadata(string type, JsonObject data) => new() { ["Metadata"] = new JsonArray(new JsonObject { ["Type"] = type, ["Data"] = data }) };

    private long Ticks(long samples) => samples * TimeSpan.TicksPerSecond / order.SampleRateHz;
}
