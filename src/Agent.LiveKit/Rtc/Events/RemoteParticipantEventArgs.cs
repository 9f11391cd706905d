namespace Agent.LiveKit.Rtc;

/// <summary>Something concerns another participant.</summary>
public class RemoteParticipantEventArgs(RemoteParticipant participant) : EventArgs
{
    /// <summary>Whom it concerns.</summary>
    public RemoteParticipant Participant { get; } = participant;
}
