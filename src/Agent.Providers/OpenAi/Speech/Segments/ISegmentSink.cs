namespace Agent.Providers.OpenAi.Speech.Segments;

/// <summary>Receives the segments that a <see cref="SegmentCutter"/> cuts, on the thread that feeds it.</summary>
internal interface ISegmentSink
{
    /// <summary>A segment begins.</summary>
    /// <param name="position">Its first sample.</param>
    void OnBegin(long position);

    /// <summary>The next samples of the segment; valid during the call only.</summary>
    void OnSamples(ReadOnlySpan<short> samples);

    /// <summary>The segment is over and is to be understood.</summary>
    void OnEnd(SegmentSpan span);

    /// <summary>The segment was noise: it is to be forgotten.</summary>
    void OnDiscarded();

    /// <summary>Everything pushed before a flush has been given.</summary>
    void OnFlush();
}
