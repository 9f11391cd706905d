namespace Agent.Pipeline.Turns.Effects;

/// <summary>Something that the turn machine wants done, at once and in order.</summary>
internal abstract record TurnEffect;
