namespace Agent.Pipeline.Sessions;

/// <summary>A part of a session that can fail.</summary>
public enum SessionStage
{
    /// <summary>The recogniser.</summary>
    SpeechToText,

    /// <summary>The detector of the end of a turn.</summary>
    TurnDetector,

    /// <summary>The language model.</summary>
    LanguageModel,

    /// <summary>The synthesizer.</summary>
    TextToSpeech,

    /// <summary>The speech-to-speech model.</summary>
    RealtimeModel,

    /// <summary>A tool.</summary>
    Tool,

    /// <summary>What the application has given to be said as it comes.</summary>
    Application,

    /// <summary>The room: its audio, captions or state.</summary>
    Room,
}
