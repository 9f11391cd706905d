namespace Agent.Pipeline.Turns.Effects;

/// <summary>Asks the turn detector whether the turn is over; answered by <see cref="Events.DetectorAnswered"/> with the same identifier.</summary>
internal sealed record AskDetector(long Question, UserTurn Turn) : TurnEffect;
