using System.Globalization;
using System.Text.Json;

namespace Agent.LoopbackVendors.AssemblyAi;

/// <summary>
/// The parameters of a session, as strict as documented. Sources: usm-streaming.yml 1.0.0 (2026-03), and npm assemblyai 4.41.5 for those that came later.
/// </summary>
/// <param name="SampleRateHz">The rate of the audio.</param>
/// <param name="FormatTurns">Whether turns come formatted too.</param>
/// <param name="SpeechModel">The model.</param>
/// <param name="LanguageDetection">Whether the language is told.</param>
internal sealed record AssemblyAiParameters(int SampleRateHz, bool FormatTurns, string SpeechModel, bool LanguageDetection)
{
    private static readonly HashSet<string> s_models = new(StringComparer.Ordinal)
    {
        "universal-streaming-english", "universal-streaming-multilingual", "whisper-rt", "u3-rt-pro", "u3-rt-pro-beta-1", "u3-pro", "universal-3-5-pro", "universal-3-6", "universal-3-6-pro",
    };

    private static readonly HashSet<string> s_others = new(StringComparer.Ordinal)
    {
        "token", "prompt", "agent_context", "language_code", "language_codes", "domain", "speaker_labels", "max_speakers", "voice_focus", "voice_focus_threshold", "continuous_partials",
        "interruption_delay", "turn_left_pad_ms", "webhook_url", "include_partial_turns", "redact_pii", "mode", "llm_gateway", "session_heartbeat", "acknowledge_silence", "filter_profanity",
    };

    public static bool TryRead(IQueryCollection query, out AssemblyAiParameters parameters, out string error)
    {
        parameters = new AssemblyAiParameters(16_000, FormatTurns: false, "", LanguageDetection: false);
        foreach (var (name, values) in query)
        {
            var value = values.ToString();
            var read = name switch
            {
                "sample_rate" => Whole(value, 8_000, 48_000, out var rate) ? parameters with { SampleRateHz = rate } : null,
                "encoding" => value == "pcm_s16le" ? parameters : null,
                "speech_model" => s_models.Contains(value) ? parameters with { SpeechModel = value } : null,
                "format_turns" => bool.TryParse(value, out var format) ? parameters with { FormatTurns = format } : null,
                "language_detection" => bool.TryParse(value, out var detect) ? parameters with { LanguageDetection = detect } : null,
                "end_of_turn_confidence_threshold" or "vad_threshold" =>
                    double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1 ? parameters : null,
                "min_turn_silence" or "max_turn_silence" or "min_end_of_turn_silence_when_confident" => Whole(value, 0, 60_000, out _) ? parameters : null,
                "inactivity_timeout" => Whole(value, 5, 3_600, out _) ? parameters : null,
                "keyterms_prompt" => IsListOfWords(value) ? parameters : null,
                _ => s_others.Contains(name) ? parameters : null,
            };
            if (read is null)
            {
                error = $"Invalid connection parameter: {name}";
                return false;
            }

            parameters = read;
        }

        error = parameters.SpeechModel.Length == 0 ? "Missing connection parameter: speech_model" : "";
        return error.Length == 0;
    }

    private static bool Whole(string value, int min, int max, out int number) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= min && number <= max;

    private static bool IsListOfWords(string value)
    {
        try
        {
            using var json = JsonDocument.Parse(value);
            return json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.EnumerateArray().All(word => word.ValueKind == JsonValueKind.String);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
