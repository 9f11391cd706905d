namespace Agent.Pipeline.Vad;

/// <summary>What a window of audio changed.</summary>
internal enum SpeechBoundaryKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Somebody has begun to speak.</summary>
    Started,

    /// <summary>Somebody has stopped speaking.</summary>
    Ended,
}
