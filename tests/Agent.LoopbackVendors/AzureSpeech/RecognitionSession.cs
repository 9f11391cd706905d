using System.Text.Json;
using Agent.LoopbackVendors.Serving;
using Agent.Providers.AzureSpeech.Usp;

namespace Agent.LoopbackVendors.AzureSpeech;

/// <summary>One connection of a recogniser: turns one after the other, each with <c>speech.context</c>, a RIFF header, audio, and an empty message at the end.</summary>
/// <param name="socket">The connection.</param>
/// <param name="world">What all share.</param>
/// <param name="mode">The mode that the path says; null where <c>speech.context</c> has to.</param>
internal sealed class RecognitionSession(LoopbackSocket socket, VendorWorld world, string? mode) : UspSession(socket, world)
{
    private static readonly string[] s_modes = ["Interactive", "Conversation", "Dictation"];

    private RecognitionTurnRun? _turn;

    protected override async Task TakeAsync(string path, string requestId, UspMessage message)
    {
        switch (path)
        {
            case "speech.context":
                await BeginAsync(requestId, Json(message));
                break;
            case "audio":
                Require(message.IsBinary, "audio must be a binary message.");
                await HearAsync(requestId, message);
                break;
            case "telemetry":
                _ = Json(message);
                break;
            default:
                throw new ProtocolViolationException($"Unexpected message path {path}.");
        }
    }

    protected override Task EndAsync() => _turn?.EndAsync() ?? Task.CompletedTask;

    private async Task BeginAsync(string requestId, JsonElement context)
    {
        Require(_turn is null or { IsOver: true } or { HasFormat: false }, "A turn is under way.");
        if (At(context, "phraseDetection", "mode") is { } asked)
            Require(s_modes.Contains(asked.GetString()), "phraseDetection.mode is none of the modes.");
        if (At(context, "languageId") is { } languageId)
            Require(At(languageId, "languages") is { ValueKind: JsonValueKind.Array }, "languageId needs languages.");
        if (_turn is { } last)
            await last.EndAsync();
        var query = Socket.Request.Query;
        var isDetailed = query.Contains("format=detailed", StringComparison.OrdinalIgnoreCase) || At(context, "phraseOutput", "format")?.GetString() == "Detailed";
        var language = At(context, "languageId", "languages") is { } languages ? languages.EnumerateArray().FirstOrDefault().GetString() : null;
        Require(language is not null || At(context, "phraseDetection", "language") is not null || query.Contains("language=", StringComparison.Ordinal) || query.Contains("cid=", StringComparison.Ordinal),
            "No language specified.");
        var isInteractive = (mode ?? At(context, "phraseDetection", "mode")?.GetString()) == "Interactive";
        _turn = new RecognitionTurnRun(requestId, isDetailed, language, isInteractive, SendAsync);
    }

    private async Task HearAsync(string requestId, UspMessage message)
    {
        Require(_turn is not null, "audio before speech.context.");

        // What was under way when a turn ended belongs to nobody.
        if (_turn is not { IsOver: false } turn || !string.Equals(turn.RequestId, requestId, StringComparison.OrdinalIgnoreCase))
            return;
        if (message.Body.IsEmpty)
        {
            Require(turn.HasFormat, "The audio of a turn must begin with a RIFF header.");
            turn.Finish();
            return;
        }

        var audio = message.Body;
        if (!turn.HasFormat)
        {
            var (rate, bytes) = RecognitionFormat.Read(audio.Span);
            await turn.BeginAsync(World.Engines.Recogniser, rate);
            audio = audio[bytes..];
        }

        turn.Push(audio.Span);
    }
}
