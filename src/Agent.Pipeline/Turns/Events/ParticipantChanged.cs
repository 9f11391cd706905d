namespace Agent.Pipeline.Turns.Events;

/// <summary>Somebody to talk to is there, or nobody is.</summary>
internal sealed record ParticipantChanged(bool Linked) : TurnEvent;
