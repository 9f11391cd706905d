namespace Agent.Pipeline.Speech;

/// <summary>What a recogniser can do.</summary>
/// <param name="SampleRateHz">The rate that its streams take, in samples per second.</param>
/// <param name="InterimResults">Whether it sends results that may still change.</param>
/// <param name="EndOfTurn">Whether it decides itself when a turn has ended.</param>
/// <param name="WordTimings">Whether its results carry the time of each word.</param>
public sealed record SpeechToTextCapabilities(int SampleRateHz, bool InterimResults, bool EndOfTurn, bool WordTimings)
{
    /// <summary>
    /// Whether it understands whole segments only: nothing comes while somebody speaks, interim results neither, and an answer to a flush takes longer.
    /// </summary>
    /// <value>Default false.</value>
    public bool NeedsWholeSegments { get; init; }
}
