using Agent.Pipeline.History;

namespace Agent.Pipeline.EndOfTurn;

/// <summary>What is known about a user's turn at a pause.</summary>
public sealed record TurnQuestion
{
    /// <summary>The length of history that a detector is given.</summary>
    /// <value>6 items.</value>
    public const int MaxHistoryItems = 6;

    /// <summary>The rate of <see cref="Audio"/>.</summary>
    /// <value>16,000 Hz.</value>
    public const int SampleRateHz = 16_000;

    /// <summary>The greatest length of <see cref="Audio"/>.</summary>
    /// <value>8 s.</value>
    public static readonly TimeSpan MaxAudio = TimeSpan.FromSeconds(8);

    /// <summary>The last items of the conversation before this turn, oldest first.</summary>
    /// <value>At most <see cref="MaxHistoryItems"/>, default none.</value>
    public IReadOnlyList<HistoryItem> History { get; init; } = [];

    /// <summary>The words of the turn so far, as the recogniser wrote them; empty when none have come.</summary>
    public string Text { get; init; } = "";

    /// <summary>The language spoken, as a BCP 47 tag; null where it is not known.</summary>
    public string? Language { get; init; }

    /// <summary>The sound of the turn so far with the pause at its end: 16 kHz, one channel, the last 8 s. Valid until the question is answered.</summary>
    /// <value>At most <see cref="MaxAudio"/>; empty unless <see cref="ITurnDetector.NeedsAudio"/>.</value>
    public ReadOnlyMemory<short> Audio { get; init; }
}
