using System.Globalization;
using Agent.Providers.Vendors;

namespace Agent.Providers.ElevenLabs;

/// <summary>
/// The address of a connection. Source: elevenlabs.io/docs/api-reference/text-to-speech/v-1-text-to-speech-voice-id-multi-stream-input, path and query parameters (2026).
/// </summary>
internal static class ElevenLabsAddress
{
    public static Uri Of(string model, string voice, ElevenLabsOptions options)
    {
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"model_id={Uri.EscapeDataString(model)}&output_format=pcm_{options.SampleRateHz}&auto_mode={Flag(options.AutoMode)}&sync_alignment=true&inactivity_timeout={(int)options.InactivityTimeout.TotalSeconds}&apply_text_normalization={options.ApplyTextNormalization}&enable_ssml_parsing={Flag(options.EnableSsmlParsing)}&enable_logging={Flag(options.EnableLogging)}");
        if (options.LanguageCode is { } language)
            query += $"&language_code={language}";

        // The vendor's own clients take the address without a version, LiveKit's plugin takes it with one.
        var baseUrl = options.BaseUrl ?? ElevenLabsVendor.DefaultBaseUrl;
        var version = baseUrl.AbsolutePath.TrimEnd('/').EndsWith("/v1", StringComparison.Ordinal) ? "" : "v1/";
        return VendorAddress.Socket(baseUrl, $"{version}text-to-speech/{Uri.EscapeDataString(voice)}/multi-stream-input", query);
    }

    private static string Flag(bool value) => value ? "true" : "false";
}
