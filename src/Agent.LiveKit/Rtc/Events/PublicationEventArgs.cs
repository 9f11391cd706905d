namespace Agent.LiveKit.Rtc;

/// <summary>Something concerns a publication, perhaps one of ours.</summary>
public sealed class PublicationEventArgs(Participant participant, TrackPublication publication) : ParticipantEventArgs(participant)
{
    /// <summary>The publication.</summary>
    public TrackPublication Publication { get; } = publication;
}
