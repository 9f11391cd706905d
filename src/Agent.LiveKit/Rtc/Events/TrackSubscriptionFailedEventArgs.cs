namespace Agent.LiveKit.Rtc;

/// <summary>A track could not be subscribed to.</summary>
public sealed class TrackSubscriptionFailedEventArgs(RemoteParticipant participant, string trackSid, string error) : RemoteParticipantEventArgs(participant)
{
    /// <summary>The track's identifier.</summary>
    public string TrackSid { get; } = trackSid;

    /// <summary>Why, as the native library says it.</summary>
    public string Error { get; } = error;
}
