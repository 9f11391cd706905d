namespace Agent.Pipeline.Turns.Events;

/// <summary>Somebody to talk to is there, or nobody is.</summary>
/// <param name="Linked">Whether there is.</param>
/// <param name="IsPhone">Whether it is somebody on the telephone, whose network cancels echoes.</param>
internal sealed record ParticipantChanged(bool Linked, bool IsPhone = false) : TurnEvent;
