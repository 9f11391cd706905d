using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Engines;
using Agent.Pipeline.Speech;

namespace Agent.LoopbackVendors.AzureSpeech;

/// <summary>
/// One turn of recognition. Messages and their fields as in "Get speech recognition results" (learn.microsoft.com, 2025) and SpeechHypothesis,
/// SimpleSpeechPhrase, DetailedSpeechPhrase and SpeechDetected of Microsoft's Speech SDK for JavaScript 1.52.
/// </summary>
/// <param name="requestId">Its identifier.</param>
/// <param name="isDetailed">Whether alternatives with their words are wanted.</param>
/// <param name="language">The language to tell; null where it was not to be detected.</param>
/// <param name="isInteractive">Whether the turn is over with its first phrase.</param>
/// <param name="send">Sends a message of a path.</param>
internal sealed class RecognitionTurnRun(string requestId, bool isDetailed, string? language, bool isInteractive, Func<string, string, JsonNode?, Task> send)
{
    private IRecogniserRun? _run;
    private Task _telling = Task.CompletedTask;
    private byte? _odd;

    public string RequestId { get; } = requestId;

    /// <summary>Whether audio has come.</summary>
    public bool HasFormat => _run is not null;

    /// <summary>Whether the client has said that no more comes, or everything has been told.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Begins to hear.</summary>
    public async Task BeginAsync(IRecogniserEngine engine, int sampleRateHz)
    {
        _run = engine.Begin(sampleRateHz);
        await send("turn.start", RequestId, new JsonObject { ["context"] = new JsonObject { ["serviceTag"] = Guid.NewGuid().ToString("N") } });
        _telling = TellAsync(_run);
    }

    public void Push(ReadOnlySpan<byte> bytes)
    {
        var samples = new short[(bytes.Length + 1) / 2];
        var count = 0;
        foreach (var value in bytes)
        {
            if (_odd is { } low)
                (samples[count++], _odd) = ((short)(low | (value << 8)), null);
            else
                _odd = value;
        }

        _run!.Push(samples.AsSpan(0, count));
    }

    /// <summary>No more audio comes.</summary>
    public void Finish()
    {
        IsOver = true;
        _run!.Flush();
    }

    public async Task EndAsync()
    {
        if (_run is null)
            return;
        await _run.DisposeAsync();
        await _telling;
    }

    private async Task TellAsync(IRecogniserRun run)
    {
        try
        {
            await foreach (var heard in run.ReadAsync(CancellationToken.None))
            {
                await TellAsync(heard);
                if (heard.Kind == HeardKind.Flushed)
                    break;
                if (heard.Kind != HeardKind.SpeechEnded || !isInteractive)
                    continue;
                IsOver = true;
                await send("turn.end", RequestId, new JsonObject());
                break;
            }
        }
        catch (OperationCanceledException)
        {
            // The client is gone.
        }
    }

    private async Task TellAsync(Heard heard)
    {
        switch (heard.Kind)
        {
            case HeardKind.SpeechStarted:
                await send("speech.startDetected", RequestId, new JsonObject { ["Offset"] = heard.Start.Ticks });
                break;
            case HeardKind.Interim:
                await send("speech.hypothesis", RequestId, Timed(heard, new JsonObject { ["Text"] = heard.Text }));
                break;
            case HeardKind.Final:
                await send("speech.phrase", RequestId, Phrase(heard));
                break;
            case HeardKind.SpeechEnded:
                await send("speech.endDetected", RequestId, new JsonObject { ["Offset"] = heard.End.Ticks });
                break;
            case HeardKind.Flushed:
                IsOver = true;
                await send("speech.phrase", RequestId, Timed(heard with { Start = heard.End }, new JsonObject { ["RecognitionStatus"] = "EndOfDictation" }));
                await send("turn.end", RequestId, new JsonObject());
                break;
        }
    }

    private JsonObject Phrase(Heard heard)
    {
        var display = Display(heard.Text);
        var phrase = Timed(heard, new JsonObject { ["RecognitionStatus"] = heard.Words.Count == 0 ? "NoMatch" : "Success", ["DisplayText"] = display });
        if (isDetailed && heard.Words.Count > 0)
        {
            phrase["NBest"] = new JsonArray(new JsonObject
            {
                ["Confidence"] = 0.93,
                ["Lexical"] = heard.Text,
                ["ITN"] = heard.Text,
                ["MaskedITN"] = heard.Text,
                ["Display"] = display,
                ["Words"] = Words(heard.Words),
                ["DisplayWords"] = Words([.. display.Split(' ').Zip(heard.Words, static (text, word) => word with { Text = text })]),
            });
        }

        return phrase;
    }

    private JsonObject Timed(Heard heard, JsonObject message)
    {
        message["Id"] = Guid.NewGuid().ToString("N");
        message["Offset"] = heard.Start.Ticks;
        message["Duration"] = (heard.End - heard.Start).Ticks;
        message["Channel"] = 0;
        if (language is not null)
            message["PrimaryLanguage"] = new JsonObject { ["Language"] = language, ["Confidence"] = "High" };
        return message;
    }

    private static JsonArray Words(IReadOnlyList<WordTiming> words) =>
        [.. words.Select(static word => new JsonObject { ["Word"] = word.Text, ["Offset"] = word.Start.Ticks, ["Duration"] = (word.End - word.Start).Ticks })];

    private static string Display(string text) => text.Length == 0 ? "" : $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
}
