using Agent.Providers.Catalog;

namespace Agent.Tests.Providers;

/// <summary>One client of one vendor, for whatever is tried with all of them.</summary>
/// <param name="Kind">What it does in a conversation.</param>
/// <param name="Name">The provider's name as configured.</param>
/// <param name="Endpoint">Its endpoint among the loopback vendors.</param>
internal sealed record VendorProvider(ProviderKind Kind, string Name, string Endpoint)
{
    /// <summary>Every client there is; a test sees to it that no vendor of the catalog is missing.</summary>
    public static IReadOnlyList<VendorProvider> All { get; } =
    [
        new(ProviderKind.SpeechToText, "assemblyai/universal-streaming-english", "assemblyai/stream"),
        new(ProviderKind.SpeechToText, "azure/speech:en-US", "azure/recognition"),
        new(ProviderKind.SpeechToText, "deepgram/nova-3", "deepgram/listen"),
        new(ProviderKind.SpeechToText, "deepgram/flux-general-en", "deepgram/flux"),
        new(ProviderKind.SpeechToText, "openai/gpt-4o-transcribe:en", "openai/realtime-transcription"),
        new(ProviderKind.SpeechToText, "openai/whisper-1", "openai/transcriptions"),
        new(ProviderKind.LanguageModel, "anthropic/claude-haiku-4-5", "anthropic/messages"),
        new(ProviderKind.LanguageModel, "azure-openai/my-deployment", "azure-openai/chat"),
        new(ProviderKind.LanguageModel, "openai/gpt-4.1-mini", "openai/chat"),
        new(ProviderKind.LanguageModel, "openai/gpt-4.1-mini", "openai/responses")
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Providers:OpenAi:Chat:Api"] = "Responses" },
        },
        new(ProviderKind.TextToSpeech, "azure/en-US-AvaMultilingualNeural", "azure/synthesis"),
        new(ProviderKind.TextToSpeech, "deepgram/aura-2-thalia-en", "deepgram/speak"),
        new(ProviderKind.TextToSpeech, "elevenlabs/eleven_flash_v2_5", "elevenlabs/speak"),
        new(ProviderKind.TextToSpeech, "openai/gpt-4o-mini-tts", "openai/speech"),
        new(ProviderKind.Realtime, "openai/gpt-realtime", "openai/realtime"),
    ];

    /// <summary>Settings that make a vendor's other client of it.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>The name, and which client where a vendor has several of one name.</summary>
    public string Title => Settings.Count == 0 ? Name : $"{Name} ({string.Join(", ", Settings.Values)})";

    public override string ToString() => Title;
}
