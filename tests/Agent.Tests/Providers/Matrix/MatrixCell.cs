namespace Agent.Tests.Providers.Matrix;

/// <summary>One conversation with one fault of one vendor.</summary>
/// <param name="Provider">Whose fault.</param>
/// <param name="Fault">Which fault.</param>
/// <param name="HasNext">Whether another provider stands behind it in a list.</param>
internal sealed record MatrixCell(VendorProvider Provider, MatrixFault Fault, bool HasNext)
{
    /// <summary>What a person may have to wait for an answer, or for a sentence that says why there is none.</summary>
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_longestOverlap = TimeSpan.FromSeconds(0.5);

    /// <summary>What was heard.</summary>
    public MatrixOutcome Outcome { get; init; }

    /// <summary>The longest time without the agent's voice, from the end of the person's turn until the outcome was certain.</summary>
    public TimeSpan Gap { get; init; }

    /// <summary>How long the agent's voice went on when the person spoke over it; null when it did not stop, or never began.</summary>
    public TimeSpan? BargeIn { get; init; }

    /// <summary>Whether something was heard, and where another provider stands behind the vendor, an answer.</summary>
    public bool EndsWell => Outcome != MatrixOutcome.Nothing && !(HasNext && Outcome == MatrixOutcome.SaysSo);

    public bool IsNeverSilentForLong => Gap <= s_longestSilence;

    public bool YieldsToThePerson => BargeIn <= s_longestOverlap;

    /// <summary>What happened, for the message of a failed test.</summary>
    public string Course { get; init; } = "";

    public override string ToString() =>
        $"{Provider.Title} {(HasNext ? "with another behind it" : "alone")}, {Fault.Title}: {Outcome}, longest silence {Gap.TotalSeconds:0.00} s, voice after barge-in {BargeIn?.TotalSeconds:0.00} s";
}
