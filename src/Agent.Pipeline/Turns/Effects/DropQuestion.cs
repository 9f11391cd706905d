namespace Agent.Pipeline.Turns.Effects;

/// <summary>The turn detector's answer is of no use any more.</summary>
internal sealed record DropQuestion(long Question) : TurnEffect;
