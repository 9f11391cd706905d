using Agent.DevServer.Media;
using Agent.Protocol;
using Agent.WebRtc;
using Agent.WebRtc.Tracks;

namespace Agent.DevServer.Rooms;

/// <summary>Tracks: announced by signalling, live when their media is negotiated, muted, unpublished.</summary>
internal sealed class Publishing(ServerRoom room)
{
    /// <summary>Tracks that one participant may have announced or live at a time.</summary>
    private const int MaxTracks = 64;

    public void Announce(RoomParticipant participant, AddTrackRequest request)
    {
        var permission = participant.Permission;
        if (!permission.CanPublish || (permission.CanPublishSources.Count > 0 && !permission.CanPublishSources.Contains(request.Source)))
        {
            Refuse(participant, request, RequestResponse.Types.Reason.NotAllowed, "does not have permission to publish the track");
            return;
        }

        if (participant.Pending.Count + participant.Tracks.Count + participant.Waiting.Count >= MaxTracks)
        {
            Refuse(participant, request, RequestResponse.Types.Reason.LimitExceeded, $"at most {MaxTracks} tracks can be published");
            return;
        }

        if (participant.Tracks.Exists(t => string.Equals(t.Cid, request.Cid, StringComparison.Ordinal)))
        {
            participant.Waiting.Add(request);
            return;
        }

        if (participant.Pending.Find(t => string.Equals(t.Cid, request.Cid, StringComparison.Ordinal)) is { } known)
        {
            participant.Send(new SignalResponse { TrackPublished = new TrackPublishedResponse { Cid = request.Cid, Track = known.Info.Clone() } });
            return;
        }

        var track = new PublishedTrack(participant, CreateInfo(request), request.Cid);
        participant.Pending.Add(track);
        participant.Send(new SignalResponse { TrackPublished = new TrackPublishedResponse { Cid = request.Cid, Track = track.Info.Clone() } });
    }

    /// <summary>Media of a participant was negotiated: the announced track that it belongs to goes live.</summary>
    public void MediaArrived(MediaPeer peer, RemoteTrack remote)
    {
        var participant = peer.Owner;
        var type = remote.Kind == MediaKind.Audio ? TrackType.Audio : TrackType.Video;
        // Some clients announce one identification and describe another; then the kind has to do.
        var track = participant.Pending.Find(t => t.Info.Type == type && string.Equals(t.Cid, remote.TrackId, StringComparison.Ordinal))
            ?? participant.Pending.Find(t => t.Info.Type == type);
        if (track is null)
        {
            RoomLog.UnannouncedTrack(room.Environment.Logger, participant.Identity, room.Name, remote.Mid, remote.TrackId);
            return;
        }

        participant.Pending.Remove(track);
        participant.Tracks.Add(track);
        track.Remote = remote;
        remote.Tag = track;
        track.Info.Mid = remote.Mid;
        track.Info.MimeType = Mime(remote);
        track.Info.Codecs.Clear();
        track.Info.Codecs.Add(new SimulcastCodecInfo { MimeType = track.Info.MimeType, Mid = remote.Mid, Cid = track.Cid });
        RoomLog.Published(room.Environment.Logger, participant.Identity, track.Sid, track.Info.Type, track.Info.Source, room.Name);
        room.Announce(participant);
        room.Environment.Webhooks.Send("track_published", room.ToInfo(), participant.ToInfo(), track.Info.Clone());
        room.Subscribing.TrackPublished(track);
        if (!participant.HasPublished)
        {
            participant.HasPublished = true;
            room.Dispatches.ParticipantPublished(participant);
        }
    }

    public void MediaEnded(RemoteTrack remote)
    {
        if (remote.Tag is PublishedTrack track)
            Unpublish(track);
    }

    public void SetMuted(PublishedTrack track, bool muted)
    {
        if (track.Info.Muted == muted)
            return;
        track.Info.Muted = muted;
        if (track.Remote is not null)
            room.Announce(track.Publisher);
    }

    public void Unpublish(PublishedTrack track)
    {
        if (!track.Publisher.Tracks.Remove(track))
            return;
        room.Subscribing.TrackUnpublished(track);
        RoomLog.Unpublished(room.Environment.Logger, track.Publisher.Identity, track.Sid, room.Name);
        room.Environment.Webhooks.Send("track_unpublished", room.ToInfo(), track.Publisher.ToInfo(), track.Info.Clone());
        if (track.Publisher.IsGone)
            return;
        room.Announce(track.Publisher);
        if (track.Publisher.Waiting.Find(request => string.Equals(request.Cid, track.Cid, StringComparison.Ordinal)) is not { } next)
            return;
        track.Publisher.Waiting.Remove(next);
        Announce(track.Publisher, next);
    }

    public void UnpublishAll(RoomParticipant participant)
    {
        participant.Waiting.Clear();
        foreach (var track in participant.Tracks.ToArray())
            Unpublish(track);
        participant.Pending.Clear();
    }

    /// <summary>The participant may no longer publish what it publishes.</summary>
    public void Enforce(RoomParticipant participant)
    {
        var permission = participant.Permission;
        foreach (var track in participant.Tracks.ToArray())
        {
            if (permission.CanPublish && (permission.CanPublishSources.Count == 0 || permission.CanPublishSources.Contains(track.Info.Source)))
                continue;
            Unpublish(track);
            participant.Send(new SignalResponse { TrackUnpublished = new TrackUnpublishedResponse { TrackSid = track.Sid } });
        }
    }

    private static TrackInfo CreateInfo(AddTrackRequest request)
    {
        var info = new TrackInfo
        {
            Sid = request.Sid.Length > 0 ? request.Sid : Sids.Track(request.Type, request.Source),
            Type = request.Type,
            Name = request.Name,
            Muted = request.Muted,
            Width = request.Width,
            Height = request.Height,
            Source = request.Source,
            DisableRed = request.DisableRed,
            Encryption = request.Encryption,
            Stream = request.Stream,
            BackupCodecPolicy = request.BackupCodecPolicy,
            DisableDtx = request.DisableDtx,
            Stereo = request.Stereo,
        };
        info.Layers.AddRange(request.Layers);
        info.AudioFeatures.AddRange(request.AudioFeatures);
        return info;
    }

    private static string Mime(RemoteTrack remote)
    {
        var codec = remote.Codecs.Count > 0 ? remote.Codecs[0].Name : "opus";
        return (remote.Kind == MediaKind.Audio ? "audio/" : "video/") + (remote.Kind == MediaKind.Audio ? codec.ToLowerInvariant() : codec);
    }

    private void Refuse(RoomParticipant participant, AddTrackRequest request, RequestResponse.Types.Reason reason, string message)
    {
        RoomLog.RequestRefused(room.Environment.Logger, participant.Identity, room.Name, "publishing a track", message);
        participant.Send(new SignalResponse { RequestResponse = new RequestResponse { Reason = reason, Message = message, AddTrack = request } });
    }
}
