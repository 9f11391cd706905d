namespace Agent.Providers.Deepgram.Wire;

/// <summary>Aura: text to be spoken, at most 2,000 characters. <c>SpeakV1Text</c> of @deepgram/sdk 5.13.0; developers.deepgram.com/docs/streaming-text-to-speech (2025-07-03).</summary>
internal sealed record AuraSpeak(string Text)
{
    public string Type { get; } = "Speak";
}
