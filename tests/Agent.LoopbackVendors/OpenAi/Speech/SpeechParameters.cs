using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agent.LoopbackVendors.OpenAi.Speech;

/// <summary>Checks a request for speech as strictly as the vendor does.</summary>
internal static class SpeechParameters
{
    private static readonly string[] s_models = ["tts-1", "tts-1-hd", "gpt-4o-mini-tts", "gpt-4o-mini-tts-2025-03-20", "gpt-4o-mini-tts-2025-12-15"];
    private static readonly string[] s_known = ["input", "model", "voice", "instructions", "response_format", "speed", "stream_format"];
    private static readonly string[] s_formats = ["mp3", "opus", "aac", "flac", "wav", "pcm"];

    private static readonly string[] s_voices =
        ["alloy", "ash", "ballad", "coral", "echo", "fable", "onyx", "nova", "sage", "shimmer", "verse", "marin", "cedar"];

    public static RequestRefusal? Refusal(JsonObject request)
    {
        foreach (var (name, _) in request)
        {
            if (!s_known.Contains(name, StringComparer.Ordinal))
                return new RequestRefusal($"Unknown parameter: '{name}'.", name, "unknown_parameter");
        }

        return Text(request) ?? Model(request) ?? Voice(request) ?? Sound(request);
    }

    private static RequestRefusal? Text(JsonObject request)
    {
        if (Word(request, "input") is not { } input)
            return Missing("input");
        if (input.Trim().Length == 0)
            return new RequestRefusal("Invalid 'input': string is empty.", "input", "string_below_min_length");
        return input.Length > 4_096 ? new RequestRefusal("Invalid 'input': string too long. Expected a string with maximum length 4096.", "input", "string_above_max_length") : null;
    }

    private static RequestRefusal? Model(JsonObject request)
    {
        if (Word(request, "model") is not { } model)
            return Missing("model");
        return s_models.Contains(model, StringComparer.Ordinal)
            ? null
            : new RequestRefusal($"The model `{model}` does not exist or you do not have access to it.", Param: null, "model_not_found", 404);
    }

    private static RequestRefusal? Voice(JsonObject request)
    {
        if (request["voice"] is JsonObject own)
            return Word(own, "id") is null ? Missing("voice.id") : null;
        if (Word(request, "voice") is not { } voice)
            return Missing("voice");
        return s_voices.Contains(voice, StringComparer.Ordinal) ? null : Invalid("voice");
    }

    private static RequestRefusal? Sound(JsonObject request)
    {
        var format = Word(request, "response_format") ?? "mp3";
        if (!s_formats.Contains(format, StringComparer.Ordinal))
            return Invalid("response_format");
        if (format is not ("pcm" or "wav"))
            return new RequestRefusal("This loopback server makes pcm and wav only.", "response_format");
        if (request["speed"] is { } speed && (speed.GetValueKind() != JsonValueKind.Number || (double)speed is < 0.25 or > 4))
            return Invalid("speed");
        if (request["instructions"] is { } instructions && instructions.GetValueKind() != JsonValueKind.String)
            return Invalid("instructions");
        var stream = Word(request, "stream_format") ?? "audio";
        if (stream is not ("sse" or "audio"))
            return Invalid("stream_format");
        return stream == "sse" && Word(request, "model")!.StartsWith("tts-1", StringComparison.Ordinal)
            ? new RequestRefusal("stream_format 'sse' is not supported with this model.", "stream_format", "unsupported_value")
            : null;
    }

    private static string? Word(JsonObject request, string name) => request[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? (string)value! : null;

    private static RequestRefusal Missing(string param) => new($"Missing required parameter: '{param}'.", param, "missing_required_parameter");

    private static RequestRefusal Invalid(string param) => new($"Invalid value for '{param}'.", param, "invalid_value");
}
