namespace Agent.LiveKit.Rtc;

/// <summary>Something concerns a participant.</summary>
public class ParticipantEventArgs(Participant participant) : EventArgs
{
    /// <summary>Whom it concerns; a <see cref="LocalParticipant"/> if it is us.</summary>
    public Participant Participant { get; } = participant;
}
