namespace Agent.Pipeline.Turns.Events;

/// <summary>Somebody else is listened to from now on.</summary>
internal sealed record ParticipantSwitched : TurnEvent;
