namespace Agent.Pipeline.Speech;

/// <summary>What a synthesizer can do.</summary>
/// <param name="SampleRateHz">The rate of the audio that it makes, in samples per second.</param>
/// <param name="WordTimings">Whether its audio comes with the time of each word.</param>
public sealed record TextToSpeechCapabilities(int SampleRateHz, bool WordTimings);
