using Agent.WebRtc.Tracks;

namespace Agent.DevServer.Rooms;

/// <summary>One participant hearing one track of another.</summary>
internal sealed class Subscription(RoomParticipant subscriber, PublishedTrack track, LocalTrack local)
{
    public RoomParticipant Subscriber { get; } = subscriber;

    public PublishedTrack Track { get; } = track;

    public LocalTrack Local { get; } = local;

    /// <summary>Whether the subscriber asked to get no packets for now.</summary>
    public bool IsPaused { get; set; }
}
