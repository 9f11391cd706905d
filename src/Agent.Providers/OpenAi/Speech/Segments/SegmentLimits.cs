namespace Agent.Providers.OpenAi.Speech.Segments;

/// <summary>How segments are cut.</summary>
/// <param name="Longest">A segment that has become this long is cut at the next quiet place.</param>
internal sealed record SegmentLimits(TimeSpan Longest)
{
    /// <summary>Sound kept from before a segment begins, because a voice is noticed a little after it began.</summary>
    /// <value>Default 0.6 s.</value>
    public TimeSpan Lead { get; init; } = TimeSpan.FromSeconds(0.6);

    /// <summary>Quiet that is enough to cut a long segment in.</summary>
    /// <value>Default 0.2 s.</value>
    public TimeSpan QuietToCut { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>A segment that finds no quiet place is cut anyway when it is this much longer than <see cref="Longest"/>.</summary>
    /// <value>Default 10 s.</value>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Quiet after which sound that voice activity never confirmed is taken for noise.</summary>
    /// <value>Default 2 s.</value>
    public TimeSpan QuietToDiscard { get; init; } = TimeSpan.FromSeconds(2);
}
