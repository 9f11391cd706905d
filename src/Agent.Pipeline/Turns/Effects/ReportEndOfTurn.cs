namespace Agent.Pipeline.Turns.Effects;

/// <summary>Tells that the user's turn is held to be over; its words may still be awaited.</summary>
internal sealed record ReportEndOfTurn(UserTurn Turn) : TurnEffect;
