namespace Agent.Pipeline.Sessions.Events;

/// <summary>The turn detector has judged a pause of the user.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Detector">Which detector.</param>
/// <param name="Probability">How likely the turn is over, 0 to 1.</param>
/// <param name="Threshold">The probability from which it counts as over, 0 to 1.</param>
/// <param name="Reason">What spoke most for it, in a few fixed words.</param>
public sealed record TurnEstimated(TimeSpan At, string Detector, double Probability, double Threshold, string Reason) : SessionEvent(At);
