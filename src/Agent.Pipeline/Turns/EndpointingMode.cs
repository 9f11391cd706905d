namespace Agent.Pipeline.Turns;

/// <summary>Who decides that the user's turn has ended.</summary>
public enum EndpointingMode
{
    /// <summary>Silence, as the voice-activity model sees it.</summary>
    VoiceActivity,

    /// <summary>The recogniser's own end of turn; voice activity only serves barge-in.</summary>
    SpeechToText,

    /// <summary>The application, by committing the turn (push to talk).</summary>
    Manual,
}
