namespace Agent.LiveKit.Rtc;

/// <summary>A participant is connected better or worse than before.</summary>
public sealed class ConnectionQualityEventArgs(Participant participant, ConnectionQuality quality) : ParticipantEventArgs(participant)
{
    /// <summary>How well.</summary>
    public ConnectionQuality Quality { get; } = quality;
}
