using Agent.Protocol;
using Agent.WebRtc.Tracks;

namespace Agent.DevServer.Rooms;

/// <summary>A track that a participant announced and, once its media is negotiated, publishes.</summary>
internal sealed class PublishedTrack(RoomParticipant publisher, TrackInfo info, string cid)
{
    public RoomParticipant Publisher { get; } = publisher;

    public TrackInfo Info { get; } = info;

    /// <summary>The client's own identification of the track, which its description repeats.</summary>
    public string Cid { get; } = cid;

    public string Sid => Info.Sid;

    /// <summary>The media; null while the track is only announced.</summary>
    public RemoteTrack? Remote { get; set; }

    /// <summary>Who hears it.</summary>
    public List<Subscription> Subscriptions { get; } = [];

    public SpeakingLevel Level { get; } = new();

    /// <summary>Whether the publisher was told that somebody subscribed.</summary>
    public bool SubscriptionAnnounced { get; set; }
}
