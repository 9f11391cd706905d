using Agent.DevServer.Media;
using Agent.Protocol;
using Agent.WebRtc;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Sctp;
using Agent.WebRtc.Sdp;
using Agent.WebRtc.Tracks;

namespace Agent.DevServer.Rooms;

/// <summary>
/// The peer connections of a room's participants: the publisher connection, offered by the client, and the subscriber connection, offered by the server,
/// over which a participant hears others and gets data.
/// </summary>
internal sealed class RoomMedia(ServerRoom room) : IMediaPeerEvents
{
    private const string ReliableLabel = "_reliable";
    private const string LossyLabel = "_lossy";

    public void StartSubscriber(RoomParticipant participant)
    {
        if (participant.IsGone)
            return;
        var peer = CreatePeer(participant, SignalTarget.Subscriber);
        participant.Subscriber = peer;
        peer.CreateDataChannel(ReliableLabel, new DataChannelOptions());
        peer.CreateDataChannel(LossyLabel, new DataChannelOptions { MaxRetransmits = 0 });
        peer.Offer(restartIce: false);
    }

    public void AcceptOffer(RoomParticipant participant, SessionDescription offer)
    {
        var peer = participant.Publisher ??= CreatePeer(participant, SignalTarget.Publisher);
        string sdp;
        try
        {
            sdp = peer.AcceptOffer(offer.Sdp);
        }
        catch (SdpException e)
        {
            RefuseDescription(participant, SignalTarget.Publisher, e.Message);
            return;
        }

        var answer = new SessionDescription { Type = "answer", Sdp = sdp, Id = offer.Id };
        foreach (var track in participant.Tracks.Where(track => track.Remote is not null))
            answer.MidToTrackId[track.Remote!.Mid] = track.Sid;
        participant.Send(new SignalResponse { Answer = answer });
    }

    public void AcceptAnswer(RoomParticipant participant, SessionDescription answer)
    {
        if (participant.Subscriber is not { AwaitsAnswer: true } peer)
        {
            RefuseDescription(participant, SignalTarget.Subscriber, "no offer waits for an answer");
            return;
        }

        if (answer.Id != 0 && answer.Id != peer.OfferId)
            return; // to an offer that was replaced meanwhile; the answer to the last one follows
        try
        {
            peer.AcceptAnswer(answer.Sdp);
        }
        catch (SdpException e)
        {
            RefuseDescription(participant, SignalTarget.Subscriber, e.Message);
        }
    }

    public void AddCandidate(RoomParticipant participant, TrickleRequest trickle)
    {
        if (TrickledCandidate.TryRead(trickle.CandidateInit, out var candidate))
            (trickle.Target == SignalTarget.Publisher ? participant.Publisher : participant.Subscriber)?.AddRemoteCandidate(candidate);
        else
            room.Environment.Counters.CountMalformedSignal();
    }

    void IMediaPeerEvents.StateChanged(MediaPeer peer, PeerConnectionState state)
    {
        var participant = peer.Owner;
        if (participant.IsGone)
            return;
        RoomLog.PeerState(room.Environment.Logger, participant.Identity, room.Name, peer.Target, state);
        switch (state)
        {
            case PeerConnectionState.Connected:
                if (participant.State == ParticipantInfo.Types.State.Joined && peer.Target == Primary(participant))
                    Activate(participant);
                SetQuality(participant, ConnectionQuality.Excellent);
                break;
            case PeerConnectionState.Disconnected:
                SetQuality(participant, ConnectionQuality.Lost);
                break;
            case PeerConnectionState.Failed or PeerConnectionState.Closed when participant.Link is null:
                // Inside a call of the connection itself; it is disposed of afterwards.
                room.Loop.Post(() => room.Remove(participant, DisconnectReason.ConnectionTimeout));
                break;
        }
    }

    void IMediaPeerEvents.TrackAdded(MediaPeer peer, RemoteTrack track)
    {
        if (!peer.Owner.IsGone)
            room.Publishing.MediaArrived(peer, track);
    }

    void IMediaPeerEvents.TrackRemoved(MediaPeer peer, RemoteTrack track)
    {
        if (!peer.Owner.IsGone)
            room.Publishing.MediaEnded(track);
    }

    void IMediaPeerEvents.RtpReceived(MediaPeer peer, RemoteTrack source, in RtpPacket packet, TimeSpan now)
    {
        var counters = room.Environment.Counters;
        if (source.Tag is not PublishedTrack track || track.Info.Muted)
        {
            counters.CountDroppedMediaPacket();
            return;
        }

        if (packet.AudioLevel is { } level)
            track.Level.Observe(level);
        foreach (var subscription in track.Subscriptions)
        {
            if (subscription.IsPaused || !subscription.Local.Forward(source, packet, now))
                continue;
            counters.CountForwardedPacket();
            subscription.Subscriber.Subscriber?.Schedule();
        }
    }

    void IMediaPeerEvents.KeyFrameRequested(MediaPeer peer, LocalTrack local)
    {
        if (local.Tag is Subscription { Track: { Remote: { } remote, Publisher.Publisher: { } publisher } })
            publisher.RequestKeyFrame(remote);
    }

    void IMediaPeerEvents.DataChannelOpened(MediaPeer peer, DataChannel channel)
    {
        var participant = peer.Owner;
        // What is sent to a participant goes over its primary connection; the channels of the other one only bring.
        if (peer.Target != Primary(participant))
            return;
        channel.Tag = peer;
        if (string.Equals(channel.Label, ReliableLabel, StringComparison.Ordinal))
        {
            participant.Reliable = channel;

            // Inside a call of the connection itself; it is sent on afterwards.
            room.Loop.Post(() => room.Data.ReliableOpened(participant));
        }
        else if (string.Equals(channel.Label, LossyLabel, StringComparison.Ordinal))
            participant.Lossy = channel;
    }

    void IMediaPeerEvents.DataReceived(MediaPeer peer, DataChannel channel, ReadOnlySpan<byte> message)
    {
        if (peer.Owner.IsGone)
            return;
        switch (channel.Label)
        {
            case ReliableLabel:
                room.Data.Received(peer.Owner, DataPacket.Types.Kind.Reliable, message);
                break;
            case LossyLabel:
                room.Data.Received(peer.Owner, DataPacket.Types.Kind.Lossy, message);
                break;
            default:
                room.Environment.Counters.CountMalformedDataPacket();
                break;
        }
    }

    void IMediaPeerEvents.DataChannelClosed(MediaPeer peer, DataChannel channel)
    {
        if (ReferenceEquals(peer.Owner.Reliable, channel))
            peer.Owner.Reliable = null;
        if (ReferenceEquals(peer.Owner.Lossy, channel))
            peer.Owner.Lossy = null;
    }

    /// <summary>The connection that decides whether a participant is connected: the one it was told of when it joined.</summary>
    private static SignalTarget Primary(RoomParticipant participant) =>
        participant.SubscriberPrimary ? SignalTarget.Subscriber : SignalTarget.Publisher;

    private MediaPeer CreatePeer(RoomParticipant participant, SignalTarget target) => new(target, participant, room.Loop, room.Environment.Media, this);

    private void Activate(RoomParticipant participant)
    {
        participant.State = ParticipantInfo.Types.State.Active;
        participant.HasConnected = true;
        RoomLog.Active(room.Environment.Logger, participant.Identity, participant.Sid, room.Name);
        room.Announce(participant, alsoToItself: true);
        room.Environment.Webhooks.Send("participant_joined", room.ToInfo(), participant.ToInfo());
        room.Subscribing.ParticipantActive(participant);
    }

    private void SetQuality(RoomParticipant participant, ConnectionQuality quality)
    {
        if (participant.Quality == quality && quality != ConnectionQuality.Excellent)
            return;
        participant.Quality = quality;
        room.Broadcast(new SignalResponse
        {
            ConnectionQuality = new ConnectionQualityUpdate
            {
                Updates = { new ConnectionQualityInfo { ParticipantSid = participant.Sid, Quality = quality, Score = quality == ConnectionQuality.Excellent ? 5 : 0 } },
            },
        });
    }

    private void RefuseDescription(RoomParticipant participant, SignalTarget target, string reason)
    {
        room.Environment.Counters.CountMalformedSignal();
        RoomLog.BadDescription(room.Environment.Logger, participant.Identity, target, room.Name, reason);
    }
}
