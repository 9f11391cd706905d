namespace Agent.Pipeline.Turns.Effects;

/// <summary>Tells the observers that the user has spoken and no word was understood.</summary>
internal sealed record ReportUntranscribed(UserTurn Turn) : TurnEffect;
