namespace Agent.LiveKit.Rtc;

/// <summary>Another participant has left.</summary>
public sealed class ParticipantDisconnectedEventArgs(RemoteParticipant participant, DisconnectReason reason) : RemoteParticipantEventArgs(participant)
{
    /// <summary>Why.</summary>
    public DisconnectReason Reason { get; } = reason;
}
