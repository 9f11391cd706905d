namespace Agent.LoopbackVendors.Engines;

/// <summary>What a recogniser tells.</summary>
public enum HeardKind
{
    /// <summary>A voice has begun.</summary>
    SpeechStarted,

    /// <summary>Words that may change.</summary>
    Interim,

    /// <summary>Words of a segment that is over.</summary>
    Final,

    /// <summary>The voice has been silent for a while; comes after the segment's <see cref="Final"/>.</summary>
    SpeechEnded,

    /// <summary>Everything pushed before a flush has been answered.</summary>
    Flushed,
}
