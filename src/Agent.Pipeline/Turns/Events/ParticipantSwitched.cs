namespace Agent.Pipeline.Turns.Events;

/// <summary>Somebody else is listened to from now on.</summary>
/// <param name="IsPhone">Whether it is somebody on the telephone, whose network cancels echoes.</param>
internal sealed record ParticipantSwitched(bool IsPhone = false) : TurnEvent;
