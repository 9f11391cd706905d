namespace Agent.Pipeline.Turns.Events;

/// <summary>The turn detector's answer to <see cref="Effects.AskDetector"/>; a probability of null is no opinion.</summary>
internal sealed record DetectorAnswered(long Question, double? Probability) : TurnEvent;
