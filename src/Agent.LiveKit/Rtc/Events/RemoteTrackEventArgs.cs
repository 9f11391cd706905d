namespace Agent.LiveKit.Rtc;

/// <summary>A track has begun or ceased to arrive here.</summary>
public sealed class RemoteTrackEventArgs(RemoteParticipant participant, RemoteTrackPublication publication, RemoteTrack track) : RemoteParticipantEventArgs(participant)
{
    /// <summary>The publication.</summary>
    public RemoteTrackPublication Publication { get; } = publication;

    /// <summary>The track; a <see cref="RemoteAudioTrack"/> if it is sound.</summary>
    public RemoteTrack Track { get; } = track;
}
