namespace Agent.Pipeline.Turns.Effects;

/// <summary>Tells the observers that the user's turn was ended by its limit.</summary>
internal sealed record ReportTurnLimit(UserTurn Turn, int Words) : TurnEffect;
