namespace Agent.LiveKit.Rtc;

/// <summary>Another participant has published or unpublished a track.</summary>
public sealed class RemotePublicationEventArgs(RemoteParticipant participant, RemoteTrackPublication publication) : RemoteParticipantEventArgs(participant)
{
    /// <summary>The publication.</summary>
    public RemoteTrackPublication Publication { get; } = publication;
}
