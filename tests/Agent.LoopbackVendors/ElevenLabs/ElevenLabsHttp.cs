using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.Serving;

namespace Agent.LoopbackVendors.ElevenLabs;

/// <summary>
/// Speech streamed over HTTP: raw sound, or lines of JSON with the time of each character. Sources: elevenlabs.io/docs/api-reference/text-to-speech/stream and
/// .../stream-with-timestamps (2026), npm @elevenlabs/elevenlabs-js 2.73.0.
/// </summary>
internal static class ElevenLabsHttp
{
    private const string Endpoint = "elevenlabs/stream";

    public static async Task StreamAsync(HttpContext context, VendorWorld world, bool withTimestamps)
    {
        var connection = await LoopbackConnection.BeginAsync(world, context, Endpoint, ElevenLabsServer.WriteErrorAsync);
        if (connection is null)
            return;
        if (!world.Keys.IsGood(context.Request.Headers["xi-api-key"].ToString()))
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "invalid_api_key", "Invalid API key");
            return;
        }

        var format = context.Request.Query["output_format"].ToString();
        if (!ElevenLabsParameters.TryRate(format, out var rate))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "invalid_output_format", "This server speaks pcm_8000, pcm_16000, pcm_22050, pcm_24000 and pcm_44100.");
            return;
        }

        if (await TextAsync(context) is not { } text)
        {
            await RefuseAsync(context, StatusCodes.Status422UnprocessableEntity, "invalid_body", "Field required: text");
            return;
        }

        var speech = await world.Engines.Synthesizer.SpeakAsync(text, rate, context.RequestAborted);
        context.Response.ContentType = withTimestamps ? "application/json" : "audio/pcm";
        var body = new LoopbackBody(connection, unknown: default, error: default);
        foreach (var piece in SpokenText.Cut(text, speech, rate))
            await body.WriteAsync(withTimestamps ? Line(piece) : piece.Pcm);
        body.Complete();
    }

    private static ReadOnlyMemory<byte> Line(SpokenPiece piece)
    {
        var alignment = new JsonObject
        {
            ["characters"] = new JsonArray([.. piece.Characters.Select(character => (JsonNode)character)]),
            ["character_start_times_seconds"] = new JsonArray([.. piece.StartsMs.Select(time => (JsonNode)(time / 1000.0))]),
            ["character_end_times_seconds"] = new JsonArray([.. piece.StartsMs.Zip(piece.DurationsMs, (start, duration) => (JsonNode)((start + duration) / 1000.0))]),
        };
        var line = new JsonObject
        {
            ["audio_base64"] = Convert.ToBase64String(piece.Pcm),
            ["alignment"] = alignment,
            ["normalized_alignment"] = alignment.DeepClone(),
        };
        return Encoding.UTF8.GetBytes(line.ToJsonString() + "\n");
    }

    private static async Task<string?> TextAsync(HttpContext context)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return body?["text"]?.GetValue<string>();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Task RefuseAsync(HttpContext context, int code, string status, string message)
    {
        context.Response.StatusCode = code;
        return ElevenLabsServer.WriteErrorAsync(context, status, message);
    }
}
