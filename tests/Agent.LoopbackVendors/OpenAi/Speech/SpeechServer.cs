using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.OpenAi.Speech;

/// <summary>
/// <c>POST /v1/audio/speech</c>. Source: https://developers.openai.com/api/reference/resources/audio/subresources/speech/methods/create (openai 7.57.0,
/// <c>SpeechCreateParams</c>); its events: OpenAI's OpenAPI document 2.3.0, <c>CreateSpeechResponseStreamEvent</c>. Makes <c>pcm</c> and <c>wav</c>.
/// </summary>
internal sealed class SpeechServer : IVendorServer
{
    public const string Endpoint = "openai/speech";

    private const int SampleRateHz = 24_000;

    /// <summary>Odd, so that samples are cut in the middle.</summary>
    private const int PieceBytes = 4_801;

    public void Map(IEndpointRouteBuilder routes, VendorWorld world) => routes.MapPost("/v1/audio/speech", context => ServeAsync(context, world));

    private static async Task ServeAsync(HttpContext context, VendorWorld world)
    {
        if (await OpenAiAnswers.BeginAsync(world, context, Endpoint) is not { } connection)
            return;
        if (await ReadAsync(context) is not { } request)
        {
            await OpenAiAnswers.RefuseAsync(context, "We could not parse the JSON body of your request.", param: null);
            return;
        }

        if (SpeechParameters.Refusal(request) is { } refusal)
        {
            await OpenAiAnswers.RefuseAsync(context, refusal.Status, refusal.Message, "invalid_request_error", refusal.Param, refusal.Code);
            connection.Request.Note("refused");
            return;
        }

        var text = (string)request["input"]!;
        var speech = await world.Engines.Synthesizer.SpeakAsync(text, SampleRateHz, context.RequestAborted);
        var sound = MemoryMarshal.AsBytes(speech.Samples.AsSpan()).ToArray();
        if ((string?)request["response_format"] == "wav")
            sound = [.. Header(sound.Length), .. sound];
        if ((string?)request["stream_format"] == "sse")
            await SendEventsAsync(context, connection, sound, text);
        else
            await SendSoundAsync(context, connection, sound, (string?)request["response_format"] == "wav" ? "audio/wav" : "audio/pcm");
    }

    private static async Task<JsonObject?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task SendSoundAsync(HttpContext context, LoopbackConnection connection, byte[] sound, string type)
    {
        context.Response.ContentType = type;
        var body = new LoopbackBody(connection, unknown: default, error: default);
        for (var from = 0; from < sound.Length && !body.IsOver; from += PieceBytes)
            await body.WriteAsync(sound.AsMemory(from, Math.Min(PieceBytes, sound.Length - from)));
        body.Complete();
    }

    private static async Task SendEventsAsync(HttpContext context, LoopbackConnection connection, byte[] sound, string text)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        var body = new LoopbackBody(connection, Event(new JsonObject { ["type"] = "speech.audio.dreamt" }), OpenAiAnswers.ErrorEvent());
        for (var from = 0; from < sound.Length && !body.IsOver; from += PieceBytes)
        {
            var audio = Convert.ToBase64String(sound.AsSpan(from, Math.Min(PieceBytes, sound.Length - from)));
            await body.WriteAsync(Event(new JsonObject { ["type"] = "speech.audio.delta", ["audio"] = audio }));
        }

        var (input, output) = (Math.Max(1, text.Length / 4), sound.Length / 4_800);
        await body.WriteAsync(Event(new JsonObject
        {
            ["type"] = "speech.audio.done",
            ["usage"] = new JsonObject { ["input_tokens"] = input, ["output_tokens"] = output, ["total_tokens"] = input + output },
        }));
        body.Complete();
    }

    private static byte[] Event(JsonObject data) => Encoding.UTF8.GetBytes($"data: {data.ToJsonString(JsonSerializerOptions.Web)}\n\n");

    private static byte[] Header(int bytes)
    {
        var header = new byte[44];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), 36 + bytes);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), SampleRateHz);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), 2 * SampleRateHz);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), bytes);
        return header;
    }
}
