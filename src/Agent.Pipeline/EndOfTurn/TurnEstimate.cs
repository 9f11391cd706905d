namespace Agent.Pipeline.EndOfTurn;

/// <summary>A detector's opinion of one pause.</summary>
/// <param name="Probability">How likely the user is done, 0 to 1.</param>
/// <param name="Reason">What spoke most for it, for the ledger: one of a few fixed phrases, never a spoken word.</param>
public sealed record TurnEstimate(double Probability, string Reason);
