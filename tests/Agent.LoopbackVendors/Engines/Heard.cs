using Agent.Pipeline.Speech;

namespace Agent.LoopbackVendors.Engines;

/// <summary>One thing that a recogniser tells. Times count from the first sample pushed.</summary>
/// <param name="Kind">What.</param>
/// <param name="Start">When the segment began, or the event was.</param>
/// <param name="End">When the segment ended so far.</param>
/// <param name="Words">Its words.</param>
public sealed record Heard(HeardKind Kind, TimeSpan Start, TimeSpan End, IReadOnlyList<WordTiming> Words)
{
    /// <summary>The words as text.</summary>
    public string Text => string.Join(' ', Words.Select(word => word.Text));
}
