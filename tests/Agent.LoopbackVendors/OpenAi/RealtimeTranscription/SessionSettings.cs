using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agent.LoopbackVendors.OpenAi.RealtimeTranscription;

/// <summary>
/// A transcription session's settings, checked as strictly as the vendor does.
/// Source: https://developers.openai.com/api/reference/resources/realtime/client-events (openai 7.57.0, <c>RealtimeTranscriptionSessionCreateRequest</c>).
/// </summary>
internal sealed class SessionSettings
{
    private static readonly string[] s_realtimeOnly = ["gpt-live-transcribe", "gpt-realtime-whisper"];
    private static readonly string[] s_hinted = ["gpt-transcribe", "gpt-live-transcribe"];

    private static readonly string[] s_models =
    [
        "whisper-1", "gpt-transcribe", "gpt-live-transcribe", "gpt-4o-mini-transcribe", "gpt-4o-mini-transcribe-2025-12-15", "gpt-4o-transcribe",
        "gpt-4o-transcribe-diarize", "gpt-realtime-whisper",
    ];

    private JsonObject? _transcription;
    private JsonNode? _noiseReduction;
    private JsonNode? _turnDetection = JsonNode.Parse("""{"type":"server_vad","threshold":0.5,"prefix_padding_ms":300,"silence_duration_ms":200}""");

    public bool IsConfigured => _transcription is not null;

    public string Model => (string?)_transcription?["model"] ?? "";

    /// <summary>Whether words come before the audio is committed.</summary>
    public bool IsLive => s_realtimeOnly.Contains(Model, StringComparer.Ordinal);

    public bool TellsLanguages => s_hinted.Contains(Model, StringComparer.Ordinal);

    /// <summary>Whether the server finds the ends of speech.</summary>
    public bool IsDetecting => _turnDetection is not null;

    /// <summary>Takes a <c>session.update</c>.</summary>
    /// <returns>Why it is refused; null when it is taken.</returns>
    public SettingsRefusal? Update(JsonObject received)
    {
        if (received["session"] is not JsonObject session)
            return Missing("session");
        if ((string?)session["type"] is not { } type)
            return Missing("session.type");
        if (type != "transcription")
            return Invalid("session.type", type);
        if (Unknown(session, "session", "type", "audio", "include") is { } unknown)
            return unknown;
        if (session["audio"] is not JsonObject audio)
            return null;
        if ((Unknown(audio, "session.audio", "input") ?? (audio["input"] is JsonObject given
            ? Unknown(given, "session.audio.input", "format", "transcription", "turn_detection", "noise_reduction")
            : Missing("session.audio.input"))) is { } wrong)
        {
            return wrong;
        }

        var input = audio["input"]!.AsObject();
        return CheckFormat(input) ?? TakeTranscription(input) ?? TakeTurnDetection(input) ?? TakeNoiseReduction(input);
    }

    /// <summary>The session as the server tells it.</summary>
    public JsonObject Describe() => new()
    {
        ["id"] = "sess_loopback",
        ["object"] = "realtime.transcription_session",
        ["type"] = "transcription",
        ["expires_at"] = TimeProvider.System.GetUtcNow().AddMinutes(60).ToUnixTimeSeconds(),
        ["include"] = null,
        ["audio"] = new JsonObject
        {
            ["input"] = new JsonObject
            {
                ["format"] = new JsonObject { ["type"] = "audio/pcm", ["rate"] = 24_000 },
                ["transcription"] = _transcription?.DeepClone(),
                ["noise_reduction"] = _noiseReduction?.DeepClone(),
                ["turn_detection"] = _turnDetection?.DeepClone(),
            },
        },
    };

    private static SettingsRefusal? CheckFormat(JsonObject input)
    {
        if (!input.TryGetPropertyValue("format", out var node))
            return null;
        if (node is not JsonObject format || (string?)format["type"] is not { } type)
            return Missing("session.audio.input.format.type");
        if (type != "audio/pcm")
            return type is "audio/pcmu" or "audio/pcma" ? new SettingsRefusal("invalid_value", "This loopback server hears PCM only.", "session.audio.input.format.type") : Invalid("session.audio.input.format.type", type);
        return format["rate"] is { } rate && (int)rate != 24_000 ? Invalid("session.audio.input.format.rate", rate.ToJsonString()) : null;
    }

    private SettingsRefusal? TakeTranscription(JsonObject input)
    {
        if (!input.TryGetPropertyValue("transcription", out var node))
            return null;
        if (node is not JsonObject transcription)
            return Missing("session.audio.input.transcription");
        const string Path = "session.audio.input.transcription";
        if (Unknown(transcription, Path, "model", "language", "languages", "keywords", "prompt", "delay") is { } unknown)
            return unknown;
        var model = (string?)transcription["model"] ?? "";
        if (!s_models.Contains(model, StringComparer.Ordinal))
            return new SettingsRefusal("invalid_model", $"The model '{model}' does not exist or you do not have access to it.", $"{Path}.model");
        var isHinted = s_hinted.Contains(model, StringComparer.Ordinal);
        if (!isHinted && transcription["languages"] is JsonArray)
            return new SettingsRefusal("unsupported_parameter", $"'languages' is not supported with {model}.", $"{Path}.languages");
        if (!isHinted && transcription["keywords"] is JsonArray)
            return new SettingsRefusal("unsupported_parameter", $"'keywords' is not supported with {model}.", $"{Path}.keywords");
        if (model == "gpt-realtime-whisper" && transcription["prompt"] is not null)
            return new SettingsRefusal("unsupported_parameter", $"'prompt' is not supported with {model}.", $"{Path}.prompt");
        if ((string?)transcription["language"] is { } language && language.Length is < 2 or > 3)
            return Invalid($"{Path}.language", language);
        _transcription = (JsonObject)transcription.DeepClone();
        if (IsLive)
            _turnDetection = null;
        return null;
    }

    private SettingsRefusal? TakeTurnDetection(JsonObject input)
    {
        if (!input.TryGetPropertyValue("turn_detection", out var node))
            return null;
        if (node is null)
        {
            _turnDetection = null;
            return null;
        }

        if (node is not JsonObject || (string?)node["type"] is not ("server_vad" or "semantic_vad"))
            return Invalid("session.audio.input.turn_detection.type", node.ToJsonString());
        if (IsLive)
            return new SettingsRefusal("invalid_value", $"Turn detection is not supported for {Model}.", "session.audio.input.turn_detection");
        if (node["threshold"] is { } threshold && (threshold.GetValueKind() != JsonValueKind.Number || (double)threshold is < 0 or > 1))
            return Invalid("session.audio.input.turn_detection.threshold", threshold.ToJsonString());
        _turnDetection = node.DeepClone();
        return null;
    }

    private SettingsRefusal? TakeNoiseReduction(JsonObject input)
    {
        if (!input.TryGetPropertyValue("noise_reduction", out var node))
            return null;
        if (node is not null && (string?)node["type"] is not ("near_field" or "far_field"))
            return Invalid("session.audio.input.noise_reduction.type", node.ToJsonString());
        _noiseReduction = node?.DeepClone();
        return null;
    }

    private static SettingsRefusal? Unknown(JsonObject node, string path, params ReadOnlySpan<string> known)
    {
        foreach (var (name, _) in node)
        {
            if (!known.Contains(name))
                return new SettingsRefusal("unknown_parameter", $"Unknown parameter: '{path}.{name}'.", $"{path}.{name}");
        }

        return null;
    }

    private static SettingsRefusal Missing(string param) => new("missing_required_parameter", $"Missing required parameter: '{param}'.", param);

    private static SettingsRefusal Invalid(string param, string value) => new("invalid_value", $"Invalid value: '{value}'.", param);
}
