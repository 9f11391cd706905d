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

    /// <summary>A tool.</summary>
    Tool,

    /// <summary>The room: its audio, captions or state.</summary>
    Room,
}
