namespace Agent.LoopbackVendors.Serving;

/// <summary>The vendors that are served: one line for each.</summary>
internal static class VendorServers
{
    public static IReadOnlyList<IVendorServer> All { get; } =
    [
        new AzureSpeech.AzureSpeechServer(),
        new AssemblyAi.AssemblyAiServer(),
        new OpenAi.RealtimeRoute(),
        new ElevenLabs.ElevenLabsServer(),
        new OpenAi.ModelsRoute(),
        new OpenAi.Speech.SpeechServer(),
        new OpenAi.Transcription.TranscriptionServer(),
        new Deepgram.DeepgramServer(),
        new OpenAi.Chat.ChatCompletionsServer(),
        new AzureOpenAi.AzureOpenAiServer(),
        new OpenAi.Responses.ResponsesServer(),
        new Anthropic.AnthropicServer(),
    ];
}
