using Agent.Pipeline.Turns;

namespace Agent.Pipeline.Recordings.Lines;

/// <summary>The first line: what the machine was told before it began.</summary>
/// <param name="Version">The format of the file.</param>
/// <param name="StartedAt">When the session began.</param>
/// <param name="SpeechToText">The recogniser; null where there is none.</param>
/// <param name="TextToSpeech">The synthesizer; null where there is none.</param>
/// <param name="TurnDetector">The detector of the end of turns; null where there is none.</param>
/// <param name="DetectionDelay">How long after the end of speech the end is known.</param>
/// <param name="DetectorThreshold">From which probability the detector holds a turn to be over; null where there is none.</param>
/// <param name="DetectorNeedsAudio">Whether the detector listens to the sound.</param>
/// <param name="Turns">The options.</param>
internal sealed record HeaderLine(
    int Version,
    DateTimeOffset StartedAt,
    string? SpeechToText,
    string? TextToSpeech,
    string? TurnDetector,
    TimeSpan DetectionDelay,
    double? DetectorThreshold,
    bool DetectorNeedsAudio,
    TurnOptions Turns) : RecordingLine
{
    /// <summary>The speech-to-speech model, which answers the voice; null where there is none.</summary>
    public string? RealtimeModel { get; init; }

    internal const int CurrentVersion = 1;
}
