using System.ComponentModel;

namespace Agent.Pipeline.Turns;

/// <summary>Who decides that the user's turn has ended. Configuration also takes the short names <c>vad</c> and <c>stt</c>.</summary>
[TypeConverter(typeof(EndpointingModeConverter))]
public enum EndpointingMode
{
    /// <summary><see cref="Realtime"/> where the agent has a speech-to-speech model, <see cref="Detector"/> where it has a turn detector, else <see cref="VoiceActivity"/>.</summary>
    Automatic,

    /// <summary>Silence, as the voice-activity model sees it.</summary>
    VoiceActivity,

    /// <summary>The recogniser's own end of turn; voice activity only serves barge-in.</summary>
    SpeechToText,

    /// <summary>Silence, as long as the agent's turn detector finds fit for what was said.</summary>
    Detector,

    /// <summary>The speech-to-speech model, which also makes the answer; voice activity only serves barge-in.</summary>
    Realtime,

    /// <summary>The application, by committing the turn (push to talk); the voice alone does not interrupt the agent.</summary>
    Manual,
}
