namespace Agent.Tests.Pipeline.EndOfTurn.Accuracy;

/// <summary>How long pauses within a turn last: log-normal, as studies of silent pauses find, and never shorter than the silence after which a detector is asked.</summary>
/// <param name="MedianSeconds">Of the whole distribution, before short pauses are left out.</param>
internal sealed record PauseModel(double MedianSeconds)
{
    internal const double AskedAfterSeconds = 0.2;
    internal const double LogDeviation = 0.8;

    /// <summary>The share of pauses that last longer, of those at which a detector is asked.</summary>
    internal double LongerThan(double seconds) => Math.Min(1, Survival(seconds) / Survival(AskedAfterSeconds));

    private double Survival(double seconds) => 0.5 * ComplementaryError(Math.Log(seconds / MedianSeconds) / (LogDeviation * Math.Sqrt(2)));

    // Abramowitz and Stegun, formula 7.1.26: the error is below 1.5e-7.
    private static double ComplementaryError(double x)
    {
        var t = 1 / (1 + (0.3275911 * Math.Abs(x)));
        var tail = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429)))))))) * Math.Exp(-x * x);
        return x >= 0 ? tail : 2 - tail;
    }
}
