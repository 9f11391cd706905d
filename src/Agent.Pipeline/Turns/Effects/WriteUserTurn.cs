namespace Agent.Pipeline.Turns.Effects;

/// <summary>Puts the user's turn into the history, in the place of an earlier version of the same turn.</summary>
internal sealed record WriteUserTurn(UserTurn Turn, string Text, bool Typed) : TurnEffect;
