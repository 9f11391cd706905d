using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Engines;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.OpenAi.Transcription;

/// <summary>
/// <c>POST /v1/audio/transcriptions</c>. Source:
/// https://developers.openai.com/api/reference/resources/audio/subresources/transcriptions/methods/create (openai 7.57.0,
/// <c>TranscriptionCreateParams</c>, <c>TranscriptionStreamEvent</c>). Hears WAV.
/// </summary>
internal sealed class TranscriptionServer : IVendorServer
{
    public const string Endpoint = "openai/transcriptions";

    public void Map(IEndpointRouteBuilder routes, VendorWorld world) => routes.MapPost("/v1/audio/transcriptions", context => ServeAsync(context, world));

    private static async Task ServeAsync(HttpContext context, VendorWorld world)
    {
        if (await OpenAiAnswers.BeginAsync(world, context, Endpoint) is not { } connection)
            return;
        var (request, refusal) = await TranscriptionForm.ReadAsync(context.Request);
        if (request is null)
        {
            await OpenAiAnswers.RefuseAsync(context, refusal!.Status, refusal.Message, "invalid_request_error", refusal.Param, refusal.Code);
            connection.Request.Note("refused");
            return;
        }

        var words = await HearAsync(world.Engines.Recogniser, request.Sound, context.RequestAborted);
        if (request.Streams)
            await SendEventsAsync(context, connection, request, words);
        else
            await SendAnswerAsync(context, connection, request, words);
    }

    private static async Task<IReadOnlyList<Pipeline.Speech.WordTiming>> HearAsync(IRecogniserEngine engine, WaveSound sound, CancellationToken cancellationToken)
    {
        await using var run = engine.Begin(sound.SampleRateHz);
        run.Push(sound.Samples);
        run.Flush();
        var words = new List<Pipeline.Speech.WordTiming>();
        await foreach (var heard in run.ReadAsync(cancellationToken))
        {
            if (heard.Kind == HeardKind.Flushed)
                break;
            if (heard.Kind == HeardKind.Final)
                words.AddRange(heard.Words);
        }

        return words;
    }

    private static async Task SendEventsAsync(HttpContext context, LoopbackConnection connection, TranscriptionForm request, IReadOnlyList<Pipeline.Speech.WordTiming> words)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        var body = new LoopbackBody(connection, Event(new JsonObject { ["type"] = "transcript.text.dreamt" }), OpenAiAnswers.ErrorEvent());
        for (var i = 0; i < words.Count && !body.IsOver; i++)
            await body.WriteAsync(Event(new JsonObject { ["type"] = "transcript.text.delta", ["delta"] = (i == 0 ? "" : " ") + words[i].Text }));
        var done = new JsonObject { ["type"] = "transcript.text.done", ["text"] = Text(words), ["usage"] = Tokens(request.Sound, words.Count) };
        if (request.TellsLanguages)
            done["languages"] = new JsonArray(new JsonObject { ["code"] = "en" });
        await body.WriteAsync(Event(done));
        body.Complete();
    }

    private static async Task SendAnswerAsync(HttpContext context, LoopbackConnection connection, TranscriptionForm request, IReadOnlyList<Pipeline.Speech.WordTiming> words)
    {
        var text = request.ResponseFormat switch
        {
            "json" => Json(request, words).ToJsonString(JsonSerializerOptions.Web),
            "verbose_json" => Verbose(request, words).ToJsonString(JsonSerializerOptions.Web),
            "srt" => $"1\n{Clock(0, ',')} --> {Clock(request.Sound.Seconds, ',')}\n{Text(words)}\n\n",
            "vtt" => $"WEBVTT\n\n{Clock(0, '.')} --> {Clock(request.Sound.Seconds, '.')}\n{Text(words)}\n\n",
            _ => Text(words) + "\n",
        };
        context.Response.ContentType = request.ResponseFormat.EndsWith("json", StringComparison.Ordinal) ? "application/json" : "text/plain; charset=utf-8";
        var body = new LoopbackBody(connection, unknown: default, error: default);
        await body.WriteAsync(Encoding.UTF8.GetBytes(text));
        body.Complete();
    }

    private static JsonObject Json(TranscriptionForm request, IReadOnlyList<Pipeline.Speech.WordTiming> words)
    {
        var answer = new JsonObject { ["text"] = Text(words), ["usage"] = request.Model == "whisper-1" ? Duration(request.Sound) : Tokens(request.Sound, words.Count) };
        if (request.TellsLanguages)
            answer["languages"] = new JsonArray(new JsonObject { ["code"] = "en" });
        return answer;
    }

    private static JsonObject Verbose(TranscriptionForm request, IReadOnlyList<Pipeline.Speech.WordTiming> words)
    {
        var answer = new JsonObject
        {
            ["task"] = "transcribe",
            ["language"] = "english",
            ["duration"] = request.Sound.Seconds,
            ["text"] = Text(words),
            ["usage"] = Duration(request.Sound),
        };
        if (request.Granularities.Contains("word", StringComparer.Ordinal))
        {
            answer["words"] = new JsonArray([.. words.Select(word => new JsonObject
            {
                ["word"] = word.Text,
                ["start"] = Math.Round(word.Start.TotalSeconds, 2),
                ["end"] = Math.Round(word.End.TotalSeconds, 2),
            })]);
        }

        if (request.Granularities.Count == 0 || request.Granularities.Contains("segment", StringComparer.Ordinal))
        {
            answer["segments"] = new JsonArray(new JsonObject
            {
                ["id"] = 0,
                ["seek"] = 0,
                ["start"] = 0.0,
                ["end"] = request.Sound.Seconds,
                ["text"] = Text(words),
                ["tokens"] = new JsonArray(),
                ["temperature"] = 0.0,
                ["avg_logprob"] = -0.1,
                ["compression_ratio"] = 1.0,
                ["no_speech_prob"] = 0.01,
            });
        }

        return answer;
    }

    private static string Text(IReadOnlyList<Pipeline.Speech.WordTiming> words) => string.Join(' ', words.Select(word => word.Text));

    private static JsonObject Duration(WaveSound sound) => new() { ["type"] = "duration", ["seconds"] = Math.Ceiling(sound.Seconds) };

    private static JsonObject Tokens(WaveSound sound, int words)
    {
        var input = (int)Math.Ceiling(sound.Seconds * 10);
        return new JsonObject
        {
            ["type"] = "tokens",
            ["input_tokens"] = input,
            ["input_token_details"] = new JsonObject { ["text_tokens"] = 0, ["audio_tokens"] = input },
            ["output_tokens"] = words,
            ["total_tokens"] = input + words,
        };
    }

    private static string Clock(double seconds, char comma) =>
        TimeSpan.FromSeconds(seconds).ToString($"hh\\:mm\\:ss\\{comma}fff", CultureInfo.InvariantCulture);

    private static byte[] Event(JsonObject data) => Encoding.UTF8.GetBytes($"data: {data.ToJsonString(JsonSerializerOptions.Web)}\n\n");
}
