namespace Agent.Pipeline.EndOfTurn;

/// <summary>Judges from what was said, or how it was said, whether a user who has paused is done. Thread-safe; one serves any number of sessions.</summary>
public interface ITurnDetector
{
    /// <summary>What the ledger and the metrics call it: short, fixed, lower case.</summary>
    string Name { get; }

    /// <summary>The probability from which a turn counts as finished.</summary>
    /// <value>0 to 1.</value>
    double Threshold { get; }

    /// <summary>Whether <see cref="TurnQuestion.Audio"/> is needed; audio is kept for no other detector.</summary>
    bool NeedsAudio { get; }

    /// <summary>Asked once for every pause of the user; speech that resumes cancels the question.</summary>
    /// <param name="question">What is known about the turn.</param>
    /// <param name="cancellationToken">Cancelled when the answer is no longer of use.</param>
    /// <returns>How finished the turn is; null when the detector has no opinion, such as for a language that it does not know or without any text.</returns>
    ValueTask<TurnEstimate?> EstimateAsync(TurnQuestion question, CancellationToken cancellationToken);
}
