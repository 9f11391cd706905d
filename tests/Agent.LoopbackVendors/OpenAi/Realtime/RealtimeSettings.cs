using System.Text.Json;
using System.Text.Json.Nodes;
using Agent.LoopbackVendors.OpenAi.RealtimeTranscription;
using Microsoft.Extensions.AI;

namespace Agent.LoopbackVendors.OpenAi.Realtime;

/// <summary>
/// A speech-to-speech session's settings, checked as strictly as the vendor does. Source: https://developers.openai.com/api/reference/resources/realtime/client-events
/// (openai 7.57.0, <c>RealtimeSessionCreateRequest</c>).
/// </summary>
internal sealed class RealtimeSettings(string model)
{
    private static readonly string[] s_fields =
    [
        "type", "audio", "include", "instructions", "max_output_tokens", "model", "output_modalities", "parallel_tool_calls", "prompt", "reasoning", "tool_choice", "tools",
        "tracing", "truncation",
    ];

    private static readonly string[] s_voices = ["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"];

    private JsonObject _session = new()
    {
        ["object"] = "realtime.session",
        ["type"] = "realtime",
        ["id"] = "sess_loopback",
        ["model"] = model,
        ["output_modalities"] = new JsonArray("audio"),
        ["instructions"] = "You are a loopback model.",
        ["tools"] = new JsonArray(),
        ["tool_choice"] = "auto",
        ["max_output_tokens"] = "inf",
        ["tracing"] = null,
        ["truncation"] = "auto",
        ["prompt"] = null,
        ["include"] = null,
        ["audio"] = JsonNode.Parse(
            """
            {"input":{"format":{"type":"audio/pcm","rate":24000},"transcription":null,"noise_reduction":null,
              "turn_detection":{"type":"server_vad","threshold":0.5,"prefix_padding_ms":300,"silence_duration_ms":500,"idle_timeout_ms":null,"create_response":true,"interrupt_response":true}},
             "output":{"format":{"type":"audio/pcm","rate":24000},"voice":"alloy","speed":1.0}}
            """),
    };

    public string Instructions => (string?)_session["instructions"] ?? "";

    public bool SpeaksAudio => (string?)_session["output_modalities"]?[0] != "text";

    public bool Transcribes => _session["audio"]!["input"]!["transcription"] is not null;

    public JsonNode? TurnDetection => _session["audio"]!["input"]!["turn_detection"];

    public bool CreatesResponse => (bool?)TurnDetection?["create_response"] ?? true;

    public bool InterruptsResponse => (bool?)TurnDetection?["interrupt_response"] ?? true;

    /// <summary>The silence that ends a turn; what is meant takes as long as it takes to be sure of it.</summary>
    public TimeSpan Silence => TimeSpan.FromMilliseconds((double?)TurnDetection?["silence_duration_ms"] ?? 500);

    public TimeSpan Padding => TimeSpan.FromMilliseconds((double?)TurnDetection?["prefix_padding_ms"] ?? 300);

    public JsonNode Audio => _session["audio"]!["output"]!;

    public ChatOptions Options(JsonObject? response) => new()
    {
        ToolMode = (string?)((response?["tool_choice"] ?? _session["tool_choice"]) as JsonValue) == "none" ? ChatToolMode.None : ChatToolMode.Auto,
        Tools = [.. _session["tools"]!.AsArray().Select(tool => AIFunctionFactory.CreateDeclaration(
            (string)tool!["name"]!, (string?)tool["description"] ?? "", JsonSerializer.SerializeToElement(tool["parameters"])))],
    };

    public JsonNode Describe()
    {
        var copy = _session.DeepClone();
        copy["expires_at"] = TimeProvider.System.GetUtcNow().AddMinutes(60).ToUnixTimeSeconds();
        return copy;
    }

    /// <summary>Takes a <c>session.update</c>: only what is given changes.</summary>
    /// <returns>Why it is refused; null when it is taken.</returns>
    public SettingsRefusal? Update(JsonObject received, bool hasSpoken)
    {
        if (received["session"] is not JsonObject session)
            return Missing("session");
        if ((string?)session["type"] is not { } type)
            return Missing("session.type");
        if (type != "realtime")
            return Invalid("session.type", type);
        if ((Unknown(session, "session", s_fields) ?? CheckModalities(session["output_modalities"]) ?? CheckTools(session["tools"]) ?? CheckAudio(session["audio"], hasSpoken)) is { } refusal)
            return refusal;
        var next = (JsonObject)_session.DeepClone();
        Merge(next, session);
        _session = next;
        return null;
    }

    private static void Merge(JsonObject into, JsonObject given)
    {
        foreach (var (name, value) in given)
        {
            if (value is JsonObject deeper && into[name] is JsonObject below && name is "audio" or "input" or "output")
                Merge((JsonObject)into[name]!, (JsonObject)value!);
            else
                into[name] = value?.DeepClone();
        }
    }

    private static SettingsRefusal? CheckModalities(JsonNode? node) => node switch
    {
        null => null,
        JsonArray { Count: 1 } one when (string?)one[0] is "audio" or "text" => null,
        _ => Invalid("session.output_modalities", node.ToJsonString()),
    };

    private static SettingsRefusal? CheckTools(JsonNode? node)
    {
        if (node is not JsonArray tools)
            return node is null ? null : Invalid("session.tools", node.ToJsonString());
        for (var i = 0; i < tools.Count; i++)
        {
            if ((string?)tools[i]?["type"] != "function" || string.IsNullOrEmpty((string?)tools[i]?["name"]))
                return Missing($"session.tools[{i}].name");
        }

        return null;
    }

    private SettingsRefusal? CheckAudio(JsonNode? node, bool hasSpoken)
    {
        if (node is null)
            return null;
        if (node is not JsonObject audio)
            return Invalid("session.audio", node.ToJsonString());
        if (Unknown(audio, "session.audio", "input", "output") is { } unknown)
            return unknown;
        return CheckInput(audio["input"] as JsonObject) ?? CheckOutput(audio["output"] as JsonObject, hasSpoken);
    }

    private static SettingsRefusal? CheckInput(JsonObject? input)
    {
        const string Path = "session.audio.input";
        if (input is null)
            return null;
        if ((Unknown(input, Path, "format", "transcription", "turn_detection", "noise_reduction") ?? CheckFormat(input["format"], Path)) is { } refusal)
            return refusal;
        if (input["transcription"] is JsonObject transcription && string.IsNullOrEmpty((string?)transcription["model"]))
            return Missing($"{Path}.transcription.model");
        if (input["noise_reduction"] is { } reduction && (string?)reduction["type"] is not ("near_field" or "far_field"))
            return Invalid($"{Path}.noise_reduction.type", reduction.ToJsonString());
        if (input["turn_detection"] is not { } detection)
            return null;
        return (string?)detection["type"] switch
        {
            "server_vad" => Unknown((JsonObject)detection, $"{Path}.turn_detection", "type", "threshold", "prefix_padding_ms", "silence_duration_ms", "idle_timeout_ms", "create_response", "interrupt_response"),
            "semantic_vad" => Unknown((JsonObject)detection, $"{Path}.turn_detection", "type", "eagerness", "create_response", "interrupt_response"),
            _ => Invalid($"{Path}.turn_detection.type", detection.ToJsonString()),
        };
    }

    private SettingsRefusal? CheckOutput(JsonObject? output, bool hasSpoken)
    {
        const string Path = "session.audio.output";
        if (output is null)
            return null;
        if ((Unknown(output, Path, "format", "voice", "speed") ?? CheckFormat(output["format"], Path)) is { } refusal)
            return refusal;
        if (output["speed"] is { } speed && (double)speed is < 0.25 or > 1.5)
            return Invalid($"{Path}.speed", speed.ToJsonString());
        if (output["voice"] is not JsonValue given || (string?)given is not { } voice)
            return null;
        if (!s_voices.Contains(voice, StringComparer.Ordinal))
            return Invalid($"{Path}.voice", voice);
        return hasSpoken && voice != (string?)Audio["voice"]
            ? new SettingsRefusal("cannot_update_voice", "Cannot update a conversation's voice if assistant audio is present.", $"{Path}.voice")
            : null;
    }

    private static SettingsRefusal? CheckFormat(JsonNode? format, string path)
    {
        if (format is null)
            return null;
        if ((string?)format["type"] != "audio/pcm")
            return Invalid($"{path}.format.type", format.ToJsonString());
        return format["rate"] is { } rate && (int)rate != 24_000 ? Invalid($"{path}.format.rate", rate.ToJsonString()) : null;
    }

    private static SettingsRefusal? Unknown(JsonObject node, string path, params IReadOnlyList<string> known)
    {
        var unknown = node.Select(p => p.Key).FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal));
        return unknown is null ? null : new SettingsRefusal("unknown_parameter", $"Unknown parameter: '{path}.{unknown}'.", $"{path}.{unknown}");
    }

    private static SettingsRefusal Missing(string param) => new("missing_required_parameter", $"Missing required parameter: '{param}'.", param);

    private static SettingsRefusal Invalid(string param, string value) => new("invalid_value", $"Invalid value: '{value}'.", param);
}
