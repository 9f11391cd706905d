namespace Agent.Pipeline.Speech;

/// <summary>One result of a recogniser.</summary>
public sealed record Transcript
{
    /// <summary>How far the recogniser has come with this segment.</summary>
    public required TranscriptKind Kind { get; init; }

    /// <summary>The words so far; empty for <see cref="TranscriptKind.Flushed"/>.</summary>
    public string Text { get; init; } = "";

    /// <summary>When the segment's speech began, from the first sample pushed.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>When the segment's speech ended so far, from the first sample pushed.</summary>
    public TimeSpan End { get; init; }

    /// <summary>How sure the recogniser is, 0 to 1; null where it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>The language heard, as a BCP 47 tag; null where the recogniser does not say.</summary>
    public string? Language { get; init; }

    /// <summary>The time of each word; empty where the recogniser does not say.</summary>
    public IReadOnlyList<WordTiming> Words { get; init; } = [];
}
