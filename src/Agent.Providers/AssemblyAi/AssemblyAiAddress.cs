using System.Globalization;
using System.Text.Json;
using Agent.Providers.AssemblyAi.Wire;
using Agent.Providers.Vendors;

namespace Agent.Providers.AssemblyAi;

/// <summary>
/// The address of a session. Source: assemblyai.com/docs/api-reference/streaming-api/universal-streaming, query parameters (usm-streaming.yml 1.0.0, 2026-03);
/// <c>min_turn_silence</c> was <c>min_end_of_turn_silence_when_confident</c> until 2025.
/// </summary>
internal static class AssemblyAiAddress
{
    private const string Path = "v3/ws";

    public static Uri Of(string model, AssemblyAiOptions options)
    {
        var query = new List<string>
        {
            $"sample_rate={AssemblyAiSpeechToText.SampleRateHz}",
            "encoding=pcm_s16le",
            $"speech_model={Uri.EscapeDataString(model)}",
            $"format_turns={(options.FormatTurns ? "true" : "false")}",
        };
        Add(query, "end_of_turn_confidence_threshold", options.EndOfTurnConfidenceThreshold);
        Add(query, "min_turn_silence", Milliseconds(options.MinTurnSilence));
        Add(query, "max_turn_silence", Milliseconds(options.MaxTurnSilence));
        Add(query, "vad_threshold", options.VadThreshold);
        if (options.KeytermsPrompt.Count > 0)
            query.Add($"keyterms_prompt={Uri.EscapeDataString(JsonSerializer.Serialize(options.KeytermsPrompt, AssemblyAiJson.Default.IReadOnlyListString))}");
        if (options.LanguageDetection && model != AssemblyAiVendor.English)
            query.Add("language_detection=true");

        // The vendor's own clients take the whole address, /v3/ws included; so does this one.
        var baseUrl = options.BaseUrl ?? AssemblyAiVendor.DefaultBaseUrl;
        var path = baseUrl.AbsolutePath.TrimEnd('/').EndsWith($"/{Path}", StringComparison.Ordinal) ? "" : Path;
        var address = VendorAddress.Socket(baseUrl, path, string.Join('&', query));
        return path.Length == 0 ? new UriBuilder(address) { Path = address.AbsolutePath.TrimEnd('/') }.Uri : address;
    }

    /// <summary>A time as the service takes it.</summary>
    public static int? Milliseconds(TimeSpan? time) => time is { } some ? (int)Math.Round(some.TotalMilliseconds) : null;

    private static void Add(List<string> query, string name, double? value)
    {
        if (value is { } number)
            query.Add($"{name}={number.ToString(CultureInfo.InvariantCulture)}");
    }
}
