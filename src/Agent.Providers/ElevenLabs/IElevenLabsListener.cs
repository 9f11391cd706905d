using Agent.Pipeline.Speech;

namespace Agent.Providers.ElevenLabs;

/// <summary>Receives an utterance's sound.</summary>
internal interface IElevenLabsListener
{
    /// <summary>The next piece; owned by the listener. Must not wait.</summary>
    void OnSound(SynthesizedAudio sound);
}
