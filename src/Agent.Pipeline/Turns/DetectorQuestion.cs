namespace Agent.Pipeline.Turns;

/// <summary>What the turn detector was asked at this pause.</summary>
/// <param name="Id">Unique in the session.</param>
/// <param name="Text">The words it was asked about.</param>
/// <param name="IsAnswered">Whether the answer is there.</param>
/// <param name="Probability">How likely the turn is over; null while not answered, and where the detector has no opinion.</param>
internal sealed record DetectorQuestion(long Id, string Text, bool IsAnswered = false, double? Probability = null);
