namespace Agent.Pipeline.Realtime;

/// <summary>What a speech-to-speech model can do.</summary>
/// <param name="InputSampleRateHz">Samples per second that <see cref="IRealtimeConnection.Push"/> takes, mono.</param>
/// <param name="OutputSampleRateHz">Samples per second of its voice, mono.</param>
/// <param name="EndsTurns">Whether it can tell that the user's turn has ended.</param>
/// <param name="Transcribes">Whether it tells what it has understood of the user.</param>
/// <param name="SpeaksGivenText">Whether it says a text that it is given word by word.</param>
public sealed record RealtimeCapabilities(int InputSampleRateHz, int OutputSampleRateHz, bool EndsTurns, bool Transcribes, bool SpeaksGivenText);
