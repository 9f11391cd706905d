using Agent.Protocol;

namespace Agent.DevServer.Rooms;

/// <summary>Who hears which track: by default everybody everything, less what a participant declines, a publisher withholds, or a permission forbids.</summary>
internal sealed class Subscribing(ServerRoom room)
{
    /// <summary>A participant is connected: it hears what is there.</summary>
    public void ParticipantActive(RoomParticipant participant)
    {
        foreach (var track in AllTracks())
            Reconsider(participant, track);
    }

    public void TrackPublished(PublishedTrack track)
    {
        foreach (var participant in room.Participants)
            Reconsider(participant, track);
    }

    public void TrackUnpublished(PublishedTrack track)
    {
        foreach (var subscription in track.Subscriptions.ToArray())
            Remove(subscription);
    }

    public void RemoveAll(RoomParticipant participant)
    {
        foreach (var subscription in participant.Subscriptions.Values.ToArray())
            Remove(subscription);
    }

    /// <summary>A participant asks for tracks or declines them; a track that is not there (yet) is remembered.</summary>
    public void Update(RoomParticipant participant, IEnumerable<string> trackSids, bool subscribe)
    {
        foreach (var sid in trackSids.Distinct(StringComparer.Ordinal))
        {
            participant.Remember(sid, subscribe);
            if (room.FindTrack(sid) is { } track)
                Reconsider(participant, track);
        }
    }

    /// <summary>A publisher says who may hear it.</summary>
    public void SetAudience(RoomParticipant publisher, SubscriptionPermission audience)
    {
        var before = publisher.Audience;
        publisher.Audience = audience;
        foreach (var participant in room.Participants.Where(p => !ReferenceEquals(p, publisher)))
        {
            foreach (var track in publisher.Tracks)
            {
                var allowed = Allows(audience, participant, track);
                if (allowed != (before is null || Allows(before, participant, track)))
                {
                    participant.Send(new SignalResponse
                    {
                        SubscriptionPermissionUpdate = new SubscriptionPermissionUpdate { ParticipantSid = publisher.Sid, TrackSid = track.Sid, Allowed = allowed },
                    });
                }

                Reconsider(participant, track);
            }
        }
    }

    /// <summary>What a participant may hear has changed.</summary>
    public void Enforce(RoomParticipant participant)
    {
        foreach (var track in AllTracks())
            Reconsider(participant, track);
    }

    private static bool Allows(SubscriptionPermission audience, RoomParticipant participant, PublishedTrack track) =>
        audience.AllParticipants
        || audience.TrackPermissions.Any(p =>
            (string.Equals(p.ParticipantIdentity, participant.Identity, StringComparison.Ordinal) || string.Equals(p.ParticipantSid, participant.Sid, StringComparison.Ordinal))
            && (p.AllTracks || p.TrackSids.Contains(track.Sid)));

    private PublishedTrack[] AllTracks() => [.. room.Participants.SelectMany(p => p.Tracks)];

    private void Reconsider(RoomParticipant participant, PublishedTrack track)
    {
        var publisher = track.Publisher;
        if (ReferenceEquals(participant, publisher) || track.Remote is null)
            return;
        var wanted = participant.Wishes.TryGetValue(track.Sid, out var wish) ? wish : participant.AutoSubscribe;
        var may = participant.Permission.CanSubscribe && (publisher.Audience is null || Allows(publisher.Audience, participant, track));
        var has = participant.Subscriptions.TryGetValue(track.Sid, out var subscription);
        if (wanted && may && !has && participant.State == ParticipantInfo.Types.State.Active)
            Add(participant, track);
        else if (has && !(wanted && may))
            Remove(subscription!);
    }

    private void Add(RoomParticipant participant, PublishedTrack track)
    {
        if (participant.Subscriber is not { } peer)
            return;
        var local = peer.Connection.AddTrack(track.Remote!.Kind, $"{track.Publisher.Sid}|{track.Sid}", track.Sid, track.Remote.Codecs);
        var subscription = new Subscription(participant, track, local) { IsPaused = participant.PausedTracks.Contains(track.Sid) };
        local.Tag = subscription;
        participant.Subscriptions.Add(track.Sid, subscription);
        track.Subscriptions.Add(subscription);
        RoomLog.Subscribed(room.Environment.Logger, participant.Identity, track.Sid, track.Publisher.Identity, room.Name);
        peer.Negotiate();
        if (!track.SubscriptionAnnounced)
        {
            track.SubscriptionAnnounced = true;
            track.Publisher.Send(new SignalResponse { TrackSubscribed = new TrackSubscribed { TrackSid = track.Sid } });
        }
    }

    private void Remove(Subscription subscription)
    {
        RoomLog.Unsubscribed(room.Environment.Logger, subscription.Subscriber.Identity, subscription.Track.Sid, room.Name);
        subscription.Subscriber.Subscriptions.Remove(subscription.Track.Sid);
        subscription.Track.Subscriptions.Remove(subscription);
        if (subscription.Subscriber is { IsGone: false, Subscriber: { } peer })
        {
            peer.RemoveTrack(subscription.Local);
            peer.Negotiate();
        }
    }
}
