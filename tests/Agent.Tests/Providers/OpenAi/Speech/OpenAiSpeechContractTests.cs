using Agent.Tests.Providers.Contracts;

namespace Agent.Tests.Providers.OpenAi.Speech;

public sealed class OpenAiRealtimeTranscriptionContractTests() : VendorSpeechToTextContract("openai/gpt-4o-transcribe:en", "openai/realtime-transcription");

public sealed class OpenAiLiveTranscriptionContractTests() : VendorSpeechToTextContract("openai/gpt-live-transcribe", "openai/realtime-transcription");

public sealed class OpenAiTextToSpeechContractTests() : VendorTextToSpeechContract("openai/gpt-4o-mini-tts:coral", "openai/speech")
{
    protected override bool IsRawSound => true;
}

public sealed class OpenAiFileTranscriptionContractTests() : VendorSpeechToTextContract("openai/whisper-1", "openai/transcriptions")
{
    protected override int MessagesBeforeFailure => 0;
}
