using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi;

/// <summary>What is fixed about OpenAI.</summary>
internal static class OpenAiVendor
{
    /// <summary>The part of provider names before the slash.</summary>
    public const string Name = "openai";

    /// <summary>The configuration section below <c>Providers</c>.</summary>
    public const string Section = "OpenAi";

    /// <summary>The response header that names a request.</summary>
    public const string RequestIdHeader = "x-request-id";

    /// <summary>The public address; like <c>OPENAI_BASE_URL</c> it ends with the version.</summary>
    public static Uri DefaultAddress { get; } = new("https://api.openai.com/v1");

    /// <summary>Those of the Realtime API.</summary>
    public static MessageTypes EventTypes { get; } = new("response.output_audio.delta", "response.output_audio_transcript.delta", "conversation.item.input_audio_transcription.delta");

    public static VendorVariables Variables { get; } = new(["OPENAI_API_KEY"], ["OPENAI_BASE_URL"]);
}
