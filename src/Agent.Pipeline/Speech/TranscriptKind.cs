namespace Agent.Pipeline.Speech;

/// <summary>How far a recogniser has come with a segment.</summary>
public enum TranscriptKind
{
    /// <summary>May still change.</summary>
    Interim,

    /// <summary>This segment is fixed; the next result belongs to a new one.</summary>
    Final,

    /// <summary>The recogniser has decided that the turn has ended.</summary>
    EndOfTurn,

    /// <summary>Everything pushed before the <see cref="ISpeechToTextStream.Flush"/> has been answered.</summary>
    Flushed,
}
