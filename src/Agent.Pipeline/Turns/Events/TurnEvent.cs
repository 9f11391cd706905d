namespace Agent.Pipeline.Turns.Events;

/// <summary>Something that the turn machine has to know. Times are on the session's clock.</summary>
internal abstract record TurnEvent;
